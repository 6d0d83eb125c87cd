import { parseHttpUrl } from '../target/origin.ts';
import type { Login } from './credential.ts';
import { tokenUser } from './environment.ts';
import { parseRawConfig } from './raw-config-parser.ts';

/**
 * The login of the section whose `repository` has the upload's origin and leads to its path; the most specific one wins.
 * Sections without `repository` name no origin and are not used. Source: packaging.python.org, "The .pypirc file".
 */
export function pypircLogin(text: string, uploadUrl: URL): Login | null {
  const matches = [...parseRawConfig(text)].flatMap(([name, options]) => {
    const repository = parseHttpUrl(options.get('repository') ?? '');
    const password = options.get('password');
    if (repository === null || !password || !leadsTo(repository, uploadUrl)) return [];
    const username = options.get('username') || tokenUser;
    return [{ depth: repository.pathname.length, login: { username, password, source: `.pypirc section [${name}]` } }];
  });
  return matches.sort((a, b) => b.depth - a.depth)[0]?.login ?? null;
}

function leadsTo(repository: URL, uploadUrl: URL): boolean {
  const path = withSlash(repository.pathname);
  return repository.origin === uploadUrl.origin && withSlash(uploadUrl.pathname).startsWith(path);
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
