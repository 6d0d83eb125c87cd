import type { Exchange, Exchanged } from '../http/exchange.ts';

/** Enough for an error body; an index of thousands of packages is not read to its end. */
const enough = 64_000;

/** Status, headers and the first part of the body of an index. */
export async function readHeadOnly(
  exchange: Exchange,
  url: string,
  authorization: 'basic' | 'none',
): Promise<Exchanged> {
  return exchange.read(
    { method: 'GET', url, headers: { accept: 'text/html, application/vnd.pypi.simple.v1+json;q=0.1' }, authorization },
    { first: enough },
  );
}
