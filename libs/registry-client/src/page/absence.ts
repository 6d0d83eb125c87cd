import type { PublishedFile } from '@nx-pypi/release';
import type { Answer } from '../http/exchange.ts';
import type { RegistryTarget } from '../target/registry-target.ts';

/**
 * True where a 404 speaks of the package: `404 Package Not Found` (GitLab), or from other servers a sentence that names it
 * or a bare "not found" (an index of theirs was seen at the parent address before `absent` counts). GitLab's `404 Not Found`
 * speaks of the project.
 */
export function saysPackageNotFound(
  said: string,
  { name, target }: { readonly name: string; readonly target: RegistryTarget },
): boolean {
  if (/\bpackage not found\b/i.test(said)) return true;
  if (target.kind === 'gitlab') return false;
  if (said === '' || /^(?:(?:404|error|-|:)\s*)*not found\b/i.test(said)) return true;
  const spelled = said.toLowerCase().replaceAll(/[-_.]+/g, '-');
  return spelled.split(/[^a-z0-9-]+/).includes(name) && /not found|no such|does not exist|no project/.test(spelled);
}

/**
 * True for a redirect to the page `…/simple/<name>/` of another host: GitLab forwards what it does not have.
 * Source: GitLab docs, "PyPI packages in the package registry", "Package request forwarding".
 */
export function leadsToForwardedPage(answer: Answer, name: string): boolean {
  const location = answer.headers['location'];
  if (location === undefined || !URL.canParse(location, answer.url)) return false;
  const to = new URL(location, answer.url);
  return to.host !== new URL(answer.url).host && to.pathname.replace(/\/+$/, '').endsWith(`/simple/${name}`);
}

/**
 * Where a file of a GitLab page lies: on the server that was asked, on a server elsewhere (a forwarded page, or GitLab's
 * dependency firewall), or under GitLab's own download path but on another host, as where a server is asked under another
 * address than its external URL.
 */
export function lies(file: PublishedFile, pageHost: string): 'here' | 'elsewhere' | 'moved' {
  const { host, pathname } = new URL(file.url);
  if (/\/packages\/pypi\/forward\//.test(pathname)) return 'elsewhere';
  if (host === pageHost) return 'here';
  return /\/api\/v4\/(?:projects\/\d+|groups\/\d+\/-)\/packages\/pypi\/files\//.test(pathname) ? 'moved' : 'elsewhere';
}
