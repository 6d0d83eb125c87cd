import type { Problem } from '@nx-pypi/manifests';
import { restAuthorization } from '../http/authorization.ts';
import type { Answer, Exchange, Exchanged } from '../http/exchange.ts';
import { isJobTokenRefusal, refusal } from '../http/refusal.ts';
import { jobTokenUser } from '../credentials/environment.ts';
import type { PageReading } from '../page/page-reading.ts';
import { readPage } from '../read/read-page.ts';
import type { Credential } from '../credentials/credential.ts';
import type { RegistryTarget } from '../target/registry-target.ts';

import type { Proof } from './prover.ts';

const maxBytes = 5_000_000;

/**
 * Proves that the credential can read the project. GitLab's simple pages take a wrong token for nobody and answer 200 where
 * the project is public, so its REST API is asked: it refuses a wrong token, and names a missing allowlist entry. Deploy
 * tokens have no REST access; for those a simple page is asked for with and without the token.
 * Source: GitLab docs, "Packages API" and "Deploy tokens".
 */
export async function proveGitlab(exchange: Exchange, target: RegistryTarget): Promise<Proof> {
  const { credential } = exchange;
  if (credential === null) return proveAnonymous(exchange, target);
  if (isDeployToken(credential.username, credential.password)) return proveByPage(exchange, target);
  const asked = await askRest(exchange, target);
  if (asked.kind === 'failed') return { kind: 'refuted', problem: asked.problem };
  if (asked.answer.status === 200) return { kind: 'proven' };
  return mayBeDeployToken(asked.answer, credential) || mayReadPages(asked.answer)
    ? proveByPage(exchange, target)
    : refuted(asked.answer, exchange, target);
}

/** A job token or a token with GitLab's default prefix for personal tokens is not one. */
function mayBeDeployToken({ status }: Answer, { username, password }: Credential): boolean {
  return status === 401 && username !== jobTokenUser && !password.startsWith('glpat-');
}

/** Guests may be let in by the PyPI routes and not by REST; a token without the scope by neither. */
function mayReadPages({ status, text }: Answer): boolean {
  return status === 403 && !/insufficient_scope/.test(text) && !isJobTokenRefusal(text);
}

/** What REST says of a failure that the PyPI routes answer with a bare 404: null where it says nothing else. */
export async function diagnoseByRest(exchange: Exchange, target: RegistryTarget): Promise<Problem | null> {
  if (exchange.credential === null) return null;
  const asked = await askRest(exchange, target);
  if (asked.kind === 'failed' || asked.answer.status !== 403) return null;
  return refusal(asked.answer, target, exchange);
}

async function askRest(exchange: Exchange, target: RegistryTarget): Promise<Exchanged> {
  const { credential } = exchange;
  const url = `${target.apiUrl ?? ''}/packages?per_page=1`;
  const bound = credential !== null && new URL(url).origin === credential.origin;
  const headers = { accept: 'application/json', ...(bound ? restAuthorization(credential) : {}) };
  return exchange.read({ method: 'GET', url, headers, authorization: 'none' }, maxBytes);
}

/** Without a credential the same question is asked as for every read: it fails where the project is not public. */
async function proveAnonymous(exchange: Exchange, target: RegistryTarget): Promise<Proof> {
  const reading = await askPage(exchange, target, 'none');
  return reading.kind === 'unknown' ? { kind: 'refuted', problem: reading.problem } : { kind: 'proven' };
}

async function proveByPage(exchange: Exchange, target: RegistryTarget): Promise<Proof> {
  const known = await askPage(exchange, target, 'basic');
  if (known.kind === 'unknown') return { kind: 'refuted', problem: known.problem };
  const anonymous = await askPage(exchange, target, 'none');
  if (anonymous.kind !== 'unknown') return { kind: 'open', notice: publicToAll(target) };
  return closed.has(anonymous.problem.code) ? { kind: 'proven' } : { kind: 'refuted', problem: anonymous.problem };
}

/** The page of a package that nobody has: GitLab looks at the project first, and need not list a whole index. */
async function askPage(
  exchange: Exchange,
  target: RegistryTarget,
  authorization: 'basic' | 'none',
): Promise<PageReading> {
  const indexUrl = target.projectIndexUrl;
  return readPage(exchange, { name: 'nx-pypi-proof', indexUrl, target, fresh: true, authorization });
}

const closed: ReadonlySet<string> = new Set(['NXPYPI_UNAUTHORIZED', 'NXPYPI_FORBIDDEN', 'NXPYPI_PROJECT_NOT_FOUND']);

function refuted(answer: Answer, exchange: Exchange, target: RegistryTarget): Proof {
  return { kind: 'refuted', problem: refusal(answer, target, exchange) };
}

/** The prefix is GitLab's default one, the user name is what GitLab suggests. Source: GitLab docs, "Token overview". */
function isDeployToken(username: string, password: string): boolean {
  return password.startsWith('gldt-') || /^gitlab\+deploy-token-\d+$/.test(username);
}

function publicToAll(target: RegistryTarget): Problem {
  return {
    code: 'NXPYPI_CREDENTIAL_NOT_PROVEN',
    message: `The credential could not be checked before the first upload: ${target.display} can be read by everybody.`,
    hint: 'Use a job token or a personal, project or group access token if it should be checked; those can be.',
    where: target.projectIndexUrl,
  };
}
