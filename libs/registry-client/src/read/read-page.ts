import type { Exchange } from '../http/exchange.ts';
import type { PageReading } from '../page/page-reading.ts';
import { readAnswer } from '../page/read-answer.ts';
import type { RegistryTarget } from '../target/registry-target.ts';

const maxPageBytes = 50_000_000;
const maxHops = 3;

/** What PEP 691 asks clients to say; servers that know JSON answer it, all others HTML. */
const accept = 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01';

export interface PageRequest {
  /** PEP 503. */
  readonly name: string;
  /** Ends in `/`. */
  readonly indexUrl: string;
  readonly target: RegistryTarget;
  /** Past every cache on the way. */
  readonly fresh: boolean;
  /** `none` asks as anybody; `basic` without it. */
  readonly authorization?: 'basic' | 'none';
}

/**
 * One package's index page. Followed are only redirects of the same origin that lead to the same package (a slash, a
 * spelling): never one that could lead to a login page or another index.
 */
export async function readPage(exchange: Exchange, request: PageRequest): Promise<PageReading> {
  const { name, target } = request;
  let url = new URL(`${encodeURIComponent(name)}/`, request.indexUrl).href;
  for (let hop = 0; ; hop += 1) {
    const exchanged = await exchange.read(
      { method: 'GET', url, headers: headersOf(request.fresh), authorization: request.authorization ?? 'basic' },
      maxPageBytes,
    );
    if (exchanged.kind === 'failed') return { kind: 'unknown', problem: exchanged.problem };
    const next = hop < maxHops ? samePackage(exchanged.answer.headers['location'], url, name) : null;
    const redirected = exchanged.answer.status >= 300 && exchanged.answer.status < 400;
    if (!redirected || next === null) return readAnswer(exchanged.answer, { name, target, exchange });
    url = next;
  }
}

function headersOf(fresh: boolean): Record<string, string> {
  return { accept, 'accept-encoding': 'gzip', ...(fresh ? { 'cache-control': 'no-cache', pragma: 'no-cache' } : {}) };
}

function samePackage(location: string | undefined, from: string, name: string): string | null {
  if (location === undefined || !URL.canParse(location, from)) return null;
  const to = new URL(location, from);
  const last = to.pathname.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const same = to.origin === new URL(from).origin && last.toLowerCase().replaceAll(/[-_.]+/g, '-') === name;
  return same ? to.href : null;
}
