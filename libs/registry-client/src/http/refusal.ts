import type { Problem } from '@nx-pypi/manifests';
import type { RegistryTarget } from '../target/registry-target.ts';
import { printableUrl } from '../target/origin.ts';
import { serverMessage } from '../text/server-message.ts';
import type { Answer, Exchange } from './exchange.ts';

/** What the answer refuses, as a problem of the whole run; the statuses are those of GitLab's PyPI and REST routes. */
export function refusal(answer: Answer, target: RegistryTarget, exchange: Exchange): Problem {
  const said = exchange.printable(serverMessage(answer.text));
  const { code, what, hint } = diagnose(answer, said, target, exchange);
  const words = said === '' ? '' : `: ${said}`;
  return {
    code,
    message: `${what} (${exchange.printable(askedOf(answer, target))} answered ${answer.status}${words.replace(/[.]+$/, '')}).`,
    hint,
    where: printableUrl(answer.url),
  };
}

interface Diagnosis {
  readonly code: string;
  readonly what: string;
  readonly hint: string;
}

/** The project or, where the group's index was asked, the group. */
function askedOf({ url }: Answer, { display, groupIndexUrl, projectIndexUrl }: RegistryTarget): string {
  return groupIndexUrl !== null && url.startsWith(groupIndexUrl) && !url.startsWith(projectIndexUrl)
    ? groupIndexUrl
    : display;
}

function diagnose(answer: Answer, said: string, target: RegistryTarget, { credential }: Exchange): Diagnosis {
  const { status, url } = answer;
  const uploading = url === target.uploadUrl;
  if (status === 401) return unauthorized(credential?.source);
  if (status === 403 && isJobTokenRefusal(said)) return jobTokenNotAllowed;
  if (status === 403)
    return /insufficient.scope|higher privileges/i.test(said) ? missingScope(uploading) : forbidden(uploading);
  if (status === 404) return notFound(askedOf(answer, target) === target.groupIndexUrl, target);
  if (status === 429) return rateLimited;
  if (status >= 300 && status < 400) return redirected;
  if (status >= 500) return failing;
  return unexpected;
}

/** Source: GitLab docs, "CI/CD job token", "Control job token access to your project". */
export function isJobTokenRefusal(said: string): boolean {
  return /authentication by ci\/cd job token not allowed|token permission is required/i.test(said);
}

function unauthorized(source: string | undefined): Diagnosis {
  return source === undefined
    ? {
        code: 'NXPYPI_UNAUTHORIZED',
        what: 'The registry asks for a credential, and none was found',
        hint: 'Set NX_PYPI_URL and NX_PYPI_TOKEN, add a section to ~/.pypirc, or run in CI, where CI_JOB_TOKEN is used.',
      }
    : {
        code: 'NXPYPI_UNAUTHORIZED',
        what: `The registry does not accept the credential from ${source}`,
        hint: 'Check that the token is not expired or revoked; a job token ends with its job, and its user is gitlab-ci-token.',
      };
}

/** Source: RFC 6750, 3.1, `insufficient_scope`; GitLab words it "requires higher privileges than provided by the access token". */
function missingScope(uploading: boolean): Diagnosis {
  return {
    code: 'NXPYPI_MISSING_SCOPE',
    what: `The token is valid, but lacks the scope \`${uploading ? 'api' : 'read_api'}\``,
    hint: 'Make a token with the scope `api` (GitLab); `read_api` is enough for reading alone.',
  };
}

function forbidden(uploading: boolean): Diagnosis {
  return {
    code: 'NXPYPI_FORBIDDEN',
    what: `The credential is right, and may not ${uploading ? 'upload' : 'read this'}`,
    hint: uploading
      ? 'GitLab asks for the role Developer in the registry project, or a deploy token with `write_package_registry`.'
      : 'GitLab asks for the role Reporter or Guest in the registry project, or a deploy token with `read_package_registry`.',
  };
}

const jobTokenNotAllowed: Diagnosis = {
  code: 'NXPYPI_JOB_TOKEN_NOT_ALLOWED',
  what: "The registry project does not let in this project's job token",
  hint: "Add this project or its group to the registry project's allowlist (Settings > CI/CD > Job token permissions), with the permissions read_packages and admin_packages where those are chosen one by one.",
};

function notFound(group: boolean, { kind }: RegistryTarget): Diagnosis {
  if (kind !== 'gitlab') return indexNotFound;
  return group ? groupNotFound : projectNotFound;
}

const projectNotFound: Diagnosis = {
  code: 'NXPYPI_PROJECT_NOT_FOUND',
  what: 'The registry project was not found, or the credential may not see it',
  hint: "Check `registry.url` and `registry.project`, whether the token's user is a member, and the job token allowlist.",
};

const groupNotFound: Diagnosis = {
  code: 'NXPYPI_PROJECT_NOT_FOUND',
  what: 'The group was not found, or the credential may not see it',
  hint: 'Check `registry.group`: a personal namespace is no group, and a deploy token of a project cannot read its group.',
};

const indexNotFound: Diagnosis = {
  code: 'NXPYPI_PROJECT_NOT_FOUND',
  what: 'There is nothing at this URL',
  hint: 'Check `registry.uploadUrl` and `registry.indexUrl`.',
};

const rateLimited: Diagnosis = {
  code: 'NXPYPI_RATE_LIMITED',
  what: 'The registry limits the rate of requests and asks for a longer pause',
  hint: 'Run again later, or ask for higher package registry limits.',
};

const redirected: Diagnosis = {
  code: 'NXPYPI_REGISTRY_REDIRECTED',
  what: 'The registry redirects to another address, which is not followed',
  hint: 'Configure the address that it redirects to: the project may have moved, or http became https.',
};

const failing: Diagnosis = {
  code: 'NXPYPI_REGISTRY_ERROR',
  what: 'The registry fails',
  hint: 'Look at the state of the server, then run again: nothing that is there already is sent twice.',
};

const unexpected: Diagnosis = {
  code: 'NXPYPI_REGISTRY_ERROR',
  what: 'The registry answered in a way that is not understood',
  hint: 'Check that the URL is that of a package registry.',
};
