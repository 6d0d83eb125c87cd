import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Found } from '@nx-pypi/release';
import type { RegistryTarget } from '../target/registry-target.ts';
import type { Credential, CredentialSources, Login } from './credential.ts';
import { jobTokenLogin, ownLogin, ownPrefixes, ownVariable, tokenUser } from './environment.ts';
import { keyringLogin } from './keyring.ts';
import { netrcLogin } from './netrc.ts';
import { poetryFilesLogin, poetryFolder, poetryVariablesLogin, type PoetryFiles } from './poetry.ts';
import { pypircLogin } from './pypirc.ts';
import { twineLogin } from './twine.ts';
import { uvConfigFile, uvIndexLogin, uvLogin } from './uv.ts';

/**
 * The credential for the target's upload origin, from the first source that has one for it (H1): given explicitly,
 * `NX_PYPI_<NAME>_*`, `NX_PYPI_*`, `UV_PUBLISH_*`, `TWINE_*`, Poetry's variables, `CI_JOB_TOKEN`, ~/.pypirc, `UV_INDEX_<NAME>_*`,
 * netrc, Poetry's auth.toml, keyring.
 * Null where no source has one; a problem where `NX_PYPI_*` was set but is bound to no origin or to another one.
 */
export async function resolveCredential(
  target: RegistryTarget,
  sources: CredentialSources,
): Promise<Found<Credential | null>> {
  const uploadUrl = new URL(target.uploadUrl);
  const login =
    explicitLogin(sources) ?? (await environmentLogin(sources, uploadUrl)) ?? (await filesLogin(sources, uploadUrl));
  if (login !== null) return { kind: 'found', value: { ...login, origin: uploadUrl.origin } };
  const stray = strayPrefix(sources);
  if (stray === undefined) return { kind: 'found', value: null };
  return {
    kind: 'problem',
    problem: {
      code: 'NXPYPI_CREDENTIAL_NOT_BOUND',
      message: `${stray}_TOKEN is set, but ${stray}_URL does not say that it belongs to ${uploadUrl.origin}.`,
      hint: `Set ${stray}_URL=${uploadUrl.origin} beside the token: the repository alone must not choose where a secret goes.`,
    },
  };
}

/** The prefix of variables that are set and belong to no registry of the workspace. */
function strayPrefix({ env, registry, others = [] }: CredentialSources): string | undefined {
  return ownPrefixes(registry).find(
    (prefix) =>
      ownVariable(env, prefix) !== null &&
      !others.some((url) => ownLogin(env, new URL(url), prefix, tokenUser) !== null),
  );
}

function explicitLogin({ explicit }: CredentialSources): Login | null {
  if (explicit === undefined || explicit.password === '') return null;
  return { username: explicit.username ?? tokenUser, password: explicit.password, source: 'option' };
}

async function environmentLogin(sources: CredentialSources, uploadUrl: URL): Promise<Login | null> {
  const { env, homeDir, registry, username = tokenUser } = sources;
  const own = ownPrefixes(registry).map((prefix) => ownLogin(env, uploadUrl, prefix, username));
  return (
    own.find((login) => login !== null) ??
    uvLogin(env, await readUvConfig(sources), uploadUrl) ??
    twineLogin(env, await readIfPresent(join(homeDir, '.pypirc')), uploadUrl) ??
    poetryVariablesLogin(env, await readPoetryFiles(env, homeDir), uploadUrl) ??
    jobTokenLogin(env, uploadUrl)
  );
}

async function filesLogin(sources: CredentialSources, uploadUrl: URL): Promise<Login | null> {
  const { env, homeDir } = sources;
  const pypirc = await readIfPresent(join(homeDir, '.pypirc'));
  const netrc = env['NETRC']
    ? await readIfPresent(env['NETRC'])
    : ((await readIfPresent(join(homeDir, '.netrc'))) ?? (await readIfPresent(join(homeDir, '_netrc'))));
  return (
    (pypirc === null ? null : pypircLogin(pypirc, uploadUrl)) ??
    uvIndexLogin(env, await readUvConfig(sources), uploadUrl) ??
    (netrc === null ? null : netrcLogin(netrc, uploadUrl)) ??
    poetryFilesLogin(await readPoetryFiles(env, homeDir), uploadUrl) ??
    (sources.keyring === true
      ? await keyringLogin(env, uploadUrl, sources.username ?? sources.explicit?.username ?? tokenUser)
      : null)
  );
}

async function readUvConfig({ env, homeDir }: CredentialSources): Promise<string | null> {
  return readIfPresent(uvConfigFile(env, homeDir, process.platform));
}

async function readPoetryFiles(env: CredentialSources['env'], homeDir: string): Promise<PoetryFiles> {
  const folder = poetryFolder(env, homeDir, process.platform);
  return {
    config: await readIfPresent(join(folder, 'config.toml')),
    auth: await readIfPresent(join(folder, 'auth.toml')),
  };
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}
