import { isLoopback, originOf } from '../target/origin.ts';
import type { Login } from './credential.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The user name that goes with a bare token: what PyPI demands, and GitLab ignores for all but job tokens. */
export const tokenUser = '__token__';

/** The prefixes of a registry's own variables, its name's before the general one: `NX_PYPI_INTERNAL`, `NX_PYPI`. */
export function ownPrefixes(registry: string | undefined): readonly string[] {
  return registry === undefined ? [general] : [`${general}_${variablePart(registry)}`, general];
}

const general = 'NX_PYPI';

/** The variable that holds the password under a prefix, for whatever origin; null where none is set. */
export function ownVariable(env: Environment, prefix: string): string | null {
  return [`${prefix}_TOKEN`, `${prefix}_PASSWORD`].find((variable) => env[variable]) ?? null;
}

/**
 * `NX_PYPI_TOKEN` (or `NX_PYPI_PASSWORD`) and `NX_PYPI_USERNAME`. They count for the origin of `NX_PYPI_URL`; without that
 * variable for the CI server's origin and for this machine, which the repository did not choose either (H1).
 */
export function ownLogin(env: Environment, uploadUrl: URL, prefix: string, username: string): Login | null {
  const named = env[`${prefix}_URL`];
  const counts = named
    ? originOf(named) === uploadUrl.origin
    : isLoopback(uploadUrl) || ciOrigins(env).includes(uploadUrl.origin);
  const variable = ownVariable(env, prefix);
  const password = variable === null ? undefined : env[variable];
  if (!counts || variable === null || !password) return null;
  return { username: env[`${prefix}_USERNAME`] || username, password, source: variable };
}

/** GitLab's job token, for the CI server's own origin; its user name is fixed. Source: GitLab docs, "CI/CD job token". */
export function jobTokenLogin(env: Environment, uploadUrl: URL): Login | null {
  const password = env['CI_JOB_TOKEN'];
  if (!password || !ciOrigins(env).includes(uploadUrl.origin)) return null;
  return { username: jobTokenUser, password, source: 'CI_JOB_TOKEN' };
}

export const jobTokenUser = 'gitlab-ci-token';

function ciOrigins(env: Environment): readonly (string | null)[] {
  return [originOf(env['CI_SERVER_URL']), originOf(env['CI_API_V4_URL'])].filter((origin) => origin !== null);
}

/** A login where both are set. */
export function pair(username: string | undefined, password: string | undefined, source: string): Login | null {
  return username && password ? { username, password, source } : null;
}

/** The part of a variable's name that stands for a repository or index, as uv, Poetry and nx-pypi write it. */
export function variablePart(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}
