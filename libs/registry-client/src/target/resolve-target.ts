import type { Found } from '@nx-pypi/release';
import { parseBaseUrl } from './base-url.ts';
import type { GitlabConfig, PypiConfig, RegistryConfig, RegistryTarget } from './registry-target.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The URLs of a configured registry. Plain http is refused except on loopback or with `allowHttp`.
 * @param env the environment of the process; read for `'gitlab'` alone
 */
export function resolveTarget(config: RegistryConfig, env: Environment): Found<RegistryTarget> {
  if (config === 'gitlab') {
    const found = gitlabFromCi(env);
    return found.kind === 'found' ? resolveGitlab(found.value) : found;
  }
  return config.kind === 'gitlab' ? resolveGitlab(config) : resolvePypi(config);
}

/**
 * The registry of the project that the job runs in.
 * Source: GitLab docs, "Predefined CI/CD variables reference". A personal namespace is no group; its path is its owner's
 * login, and groups and users share one set of paths, so equality tells the owner's own jobs.
 */
function gitlabFromCi(env: Environment): Found<GitlabConfig> {
  const url = env['CI_API_V4_URL'] ?? env['CI_SERVER_URL'];
  const project = env['CI_PROJECT_ID'];
  if (!url || !project) {
    return {
      kind: 'problem',
      problem: {
        code: 'NXPYPI_NO_REGISTRY',
        message: `The registry is "gitlab", but ${url ? 'CI_PROJECT_ID' : 'CI_API_V4_URL'} is not set: this is no GitLab CI job.`,
        hint: 'Configure `registry: { kind: "gitlab", url, project, group }` to use it outside CI.',
      },
    };
  }
  const namespace = env['CI_PROJECT_NAMESPACE'];
  const personal = namespace !== undefined && namespace === env['GITLAB_USER_LOGIN'];
  const group = personal ? undefined : env['CI_PROJECT_NAMESPACE_ID'] || namespace;
  const config: GitlabConfig = { kind: 'gitlab', url, project };
  return { kind: 'found', value: group ? { ...config, group } : config };
}

function resolveGitlab(config: GitlabConfig): Found<RegistryTarget> {
  const base = parseBaseUrl(config.url, 'registry.url', config.allowHttp === true);
  if (base.kind === 'problem') return base;
  const root = `${base.value.origin}${base.value.pathname}`.replace(/\/+$/, '').replace(/\/api\/v4$/, '');
  const apiUrl = `${root}/api/v4/projects/${pathSegment(config.project)}`;
  const group = config.group === undefined ? null : pathSegment(config.group);
  return {
    kind: 'found',
    value: {
      kind: 'gitlab',
      uploadUrl: `${apiUrl}/packages/pypi`,
      projectIndexUrl: `${apiUrl}/packages/pypi/simple/`,
      groupIndexUrl: group === null ? null : `${root}/api/v4/groups/${group}/-/packages/pypi/simple/`,
      apiUrl,
      display: `project ${config.project} of ${root}`,
    },
  };
}

function resolvePypi(config: PypiConfig): Found<RegistryTarget> {
  const allowHttp = config.allowHttp === true;
  const upload = parseBaseUrl(config.uploadUrl, 'registry.uploadUrl', allowHttp);
  if (upload.kind === 'problem') return upload;
  const index = parseBaseUrl(config.indexUrl, 'registry.indexUrl', allowHttp);
  if (index.kind === 'problem') return index;
  return {
    kind: 'found',
    value: {
      kind: 'pypi',
      uploadUrl: upload.value.href,
      projectIndexUrl: `${index.value.href.replace(/\/+$/, '')}/`,
      groupIndexUrl: null,
      apiUrl: null,
      display: upload.value.href,
    },
  };
}

/** GitLab takes ids and URL-encoded full paths (`group%2Fproject`). */
function pathSegment(idOrPath: string | number): string {
  return encodeURIComponent(String(idOrPath).replace(/^\/+|\/+$/g, ''));
}
