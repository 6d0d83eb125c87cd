import { originOf } from '../target/origin.ts';
import type { Login } from './credential.ts';
import { pair, tokenUser, variablePart } from './environment.ts';
import { tableOf } from './toml-table.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `UV_PUBLISH_*`, bound to the origin of `UV_PUBLISH_URL`, or of the `publish-url` that the user's uv.toml gives the index that
 * `UV_PUBLISH_INDEX` names; one that pyproject.toml gives was chosen by the repository (H1). Source: uv docs, "Environment
 * variables" and "Publishing your package".
 *
 * @param config the text of the user's uv.toml, or null
 */
export function uvLogin(env: Environment, config: string | null, uploadUrl: URL): Login | null {
  const named = indexesIn(config).find(({ name }) => name !== '' && name === env['UV_PUBLISH_INDEX']);
  if (originOf(env['UV_PUBLISH_URL'] || named?.publishUrl) !== uploadUrl.origin) return null;
  const token = env['UV_PUBLISH_TOKEN'];
  if (token) return { username: tokenUser, password: token, source: 'UV_PUBLISH_TOKEN' };
  return pair(env['UV_PUBLISH_USERNAME'], env['UV_PUBLISH_PASSWORD'], 'UV_PUBLISH_PASSWORD');
}

/**
 * `UV_INDEX_<NAME>_USERNAME` and `_PASSWORD`, for an index that the environment (`UV_INDEX`, `UV_DEFAULT_INDEX`) or the user's
 * uv.toml names. They are meant for reading, so what is meant for publishing comes first. Source: uv docs, "Package indexes".
 */
export function uvIndexLogin(env: Environment, config: string | null, uploadUrl: URL): Login | null {
  for (const { name, url, publishUrl } of [...indexesInEnvironment(env), ...indexesIn(config)]) {
    if (![url, publishUrl].some((one) => originOf(one) === uploadUrl.origin)) continue;
    const variable = `UV_INDEX_${variablePart(name)}`;
    const login = pair(env[`${variable}_USERNAME`], env[`${variable}_PASSWORD`], `${variable}_PASSWORD`);
    if (login !== null) return login;
  }
  return null;
}

/** The user's uv.toml. Source: uv docs, "Configuration files". */
export function uvConfigFile(env: Environment, homeDir: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `${env['APPDATA'] ?? `${homeDir}/AppData/Roaming`}/uv/uv.toml`;
  return `${env['XDG_CONFIG_HOME'] || `${homeDir}/.config`}/uv/uv.toml`;
}

interface UvIndex {
  readonly name: string;
  readonly url: string | undefined;
  readonly publishUrl: string | undefined;
}

/** `[[index]]` tables. */
function indexesIn(config: string | null): readonly UvIndex[] {
  const { index } = tableOf(config);
  if (!Array.isArray(index)) return [];
  return (index as readonly Readonly<Record<string, unknown>>[]).map((table) => ({
    name: textOf(table['name']) ?? '',
    url: textOf(table['url']),
    publishUrl: textOf(table['publish-url']),
  }));
}

/** `name=url`, several parted by spaces; without a name there is no variable for it. */
function indexesInEnvironment(env: Environment): readonly UvIndex[] {
  return `${env['UV_INDEX'] ?? ''} ${env['UV_DEFAULT_INDEX'] ?? ''}`.split(/\s+/).flatMap((entry) => {
    const { name, url } = /^(?<name>[\w.-]+)=(?<url>.+)$/.exec(entry)?.groups ?? {};
    return name === undefined ? [] : [{ name, url, publishUrl: undefined }];
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
