import { randomBytes } from 'node:crypto';
import type { Problem } from '@nx-pypi/manifests';
import type { Exchange } from '../http/exchange.ts';
import { refusal } from '../http/refusal.ts';
import { leadsToForwardedPage } from '../page/absence.ts';
import type { RegistryTarget } from '../target/registry-target.ts';

/** What an index does with names that it does not have. */
export type Forwarding =
  /** It sends the asker to another index, where a stranger's package can have the name. */
  | { readonly kind: 'on'; readonly indexUrl: string; readonly to: string }
  | { readonly kind: 'off'; readonly indexUrl: string }
  | { readonly kind: 'unknown'; readonly indexUrl: string; readonly problem: Problem };

const maxBytes = 1_000_000;

/** Asks an index for a name that cannot exist; redirects are not followed. */
export async function findForwarding(
  exchange: Exchange,
  target: RegistryTarget,
  indexUrl: string,
): Promise<Forwarding> {
  const name = `nx-pypi-doctor-${randomBytes(12).toString('hex')}`;
  const url = new URL(`${name}/`, indexUrl).href;
  const headers = { accept: 'text/html', 'cache-control': 'no-cache' };
  const asked = await exchange.read({ method: 'GET', url, headers, authorization: 'basic' }, maxBytes);
  if (asked.kind === 'failed') return { kind: 'unknown', indexUrl, problem: asked.problem };
  const { answer } = asked;
  if (leadsToForwardedPage(answer, name)) return { kind: 'on', indexUrl, to: hostOf(answer.headers['location'], url) };
  // A page for a name that nobody has comes from elsewhere: GitLab's dependency firewall proxies the other index.
  if (answer.status === 200) return { kind: 'on', indexUrl, to: 'another index, by a proxy' };
  if (answer.status === 404) return { kind: 'off', indexUrl };
  return { kind: 'unknown', indexUrl, problem: refusal(answer, target, exchange) };
}

function hostOf(location: string | undefined, from: string): string {
  return location !== undefined && URL.canParse(location, from) ? new URL(location, from).host : 'another index';
}
