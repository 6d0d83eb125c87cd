import { originOf } from '../target/origin.ts';
import type { Login } from './credential.ts';
import { tokenUser, variablePart } from './environment.ts';
import { tableOf } from './toml-table.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Contents of the files in Poetry's configuration folder; null where a file does not exist. */
export interface PoetryFiles {
  readonly config: string | null;
  readonly auth: string | null;
}

/**
 * `POETRY_HTTP_BASIC_<NAME>_*` and `POETRY_PYPI_TOKEN_<NAME>`, for the repository whose URL (`POETRY_REPOSITORIES_<NAME>_URL`
 * or the user's config.toml) has the upload's origin. Source: Poetry docs, "Configuration" and "Repositories".
 */
export function poetryVariablesLogin(env: Environment, files: PoetryFiles, uploadUrl: URL): Login | null {
  for (const name of [...namesInEnvironment(env), ...namesInConfig(files.config)]) {
    const variable = variablePart(name);
    const url = env[`POETRY_REPOSITORIES_${variable}_URL`] ?? urlInConfig(files.config, name);
    if (originOf(url) !== uploadUrl.origin) continue;
    const token = env[`POETRY_PYPI_TOKEN_${variable}`];
    if (token) return { username: tokenUser, password: token, source: `POETRY_PYPI_TOKEN_${variable}` };
    const username = env[`POETRY_HTTP_BASIC_${variable}_USERNAME`];
    const password = env[`POETRY_HTTP_BASIC_${variable}_PASSWORD`];
    if (username && password) return { username, password, source: `POETRY_HTTP_BASIC_${variable}_PASSWORD` };
  }
  return null;
}

/** Poetry's auth.toml: a token wins over a user name and password. */
export function poetryFilesLogin(files: PoetryFiles, uploadUrl: URL): Login | null {
  const auth = tableOf(files.auth);
  for (const name of namesInConfig(files.config)) {
    if (originOf(urlInConfig(files.config, name)) !== uploadUrl.origin) continue;
    const token = textAt(auth, ['pypi-token', name]);
    if (token) return { username: tokenUser, password: token, source: `Poetry's token for ${name}` };
    const username = textAt(auth, ['http-basic', name, 'username']);
    const password = textAt(auth, ['http-basic', name, 'password']);
    if (username && password) return { username, password, source: `Poetry's login for ${name}` };
  }
  return null;
}

/** Poetry's configuration folder. Source: Poetry docs, "Configuration", "Local configuration". */
export function poetryFolder(env: Environment, homeDir: string, platform: NodeJS.Platform): string {
  if (env['POETRY_CONFIG_DIR']) return env['POETRY_CONFIG_DIR'];
  if (platform === 'darwin') return `${homeDir}/Library/Application Support/pypoetry`;
  if (platform === 'win32') return `${env['APPDATA'] ?? `${homeDir}/AppData/Roaming`}/pypoetry`;
  return `${env['XDG_CONFIG_HOME'] || `${homeDir}/.config`}/pypoetry`;
}

function namesInEnvironment(env: Environment): readonly string[] {
  return Object.keys(env).flatMap((key) => /^POETRY_REPOSITORIES_(?<name>.+)_URL$/.exec(key)?.groups?.['name'] ?? []);
}

function namesInConfig(config: string | null): readonly string[] {
  const repositories = tableOf(config)['repositories'];
  return typeof repositories === 'object' && repositories !== null ? Object.keys(repositories) : [];
}

function urlInConfig(config: string | null, name: string): string | undefined {
  return textAt(tableOf(config), ['repositories', name, 'url']);
}

function textAt(table: Readonly<Record<string, unknown>>, keys: readonly string[]): string | undefined {
  const value = keys.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    table,
  );
  return typeof value === 'string' ? value : undefined;
}
