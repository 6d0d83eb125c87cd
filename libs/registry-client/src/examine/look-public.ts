import type { Problem } from '@nx-pypi/manifests';
import type { Found } from '@nx-pypi/release';
import { openExchange, type OpenExchangeOptions } from '../http/open-exchange.ts';
import { readPage } from '../read/read-page.ts';
import { parseBaseUrl } from '../target/base-url.ts';
import type { RegistryTarget } from '../target/registry-target.ts';

/** Whether an index that everybody can read has a name. */
export type PublicLook =
  | { readonly kind: 'taken' }
  | { readonly kind: 'free' }
  | { readonly kind: 'unknown'; readonly problem: Problem };

/** Looks up names (PEP 503) in an index, without any credential. */
export async function lookPublic(
  indexUrl: string,
  names: readonly string[],
  options: Omit<OpenExchangeOptions, 'credential'>,
): Promise<Found<ReadonlyMap<string, PublicLook>>> {
  const base = parseBaseUrl(indexUrl, 'the URL of the public index', false);
  if (base.kind === 'problem') return base;
  const url = `${base.value.href.replace(/\/+$/, '')}/`;
  const target: RegistryTarget = {
    kind: 'pypi',
    uploadUrl: url,
    projectIndexUrl: url,
    groupIndexUrl: null,
    apiUrl: null,
    display: url,
  };
  const { exchange, close } = openExchange({ ...options, credential: null });
  try {
    const looks = await Promise.all(
      names.map(async (name): Promise<readonly [string, PublicLook]> => {
        const page = await readPage(exchange, { name, indexUrl: url, target, fresh: true });
        if (page.kind === 'unknown') return [name, page];
        return [name, { kind: page.kind === 'page' ? 'taken' : 'free' }];
      }),
    );
    return { kind: 'found', value: new Map(looks) };
  } finally {
    await close();
  }
}
