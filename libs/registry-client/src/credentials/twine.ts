import { originOf } from '../target/origin.ts';
import type { Login } from './credential.ts';
import { pair, tokenUser } from './environment.ts';
import { parseRawConfig } from './raw-config-parser.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `TWINE_USERNAME` and `TWINE_PASSWORD`, bound to the origin of `TWINE_REPOSITORY_URL`, or of the `repository` in the section of
 * the user's .pypirc that `TWINE_REPOSITORY` names, which can hold the user name too. Source: twine docs, "Environment variables".
 *
 * @param pypirc the text of ~/.pypirc, or null
 */
export function twineLogin(env: Environment, pypirc: string | null, uploadUrl: URL): Login | null {
  const section = parseRawConfig(pypirc ?? '').get(env['TWINE_REPOSITORY'] ?? '');
  const url = env['TWINE_REPOSITORY_URL'];
  if (originOf(url || section?.get('repository')) !== uploadUrl.origin) return null;
  const username = env['TWINE_USERNAME'] ?? (url ? undefined : section?.get('username'));
  return pair(username ?? tokenUser, env['TWINE_PASSWORD'], 'TWINE_PASSWORD');
}
