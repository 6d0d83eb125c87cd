import type { Dispatcher } from 'undici';
import type { Exchange } from '../http/exchange.ts';
import { discard } from '../http/discard.ts';
import { isTooSlow } from '../http/patience.ts';
import { followFile, type FileAnswer } from '../read/follow-file.ts';

/** The length that a file is served with, in bytes. */
export type ServedLength =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * Asks by HEAD, and where that does not tell (signed URLs of object storage are made for GET alone) by a GET of the first
 * byte; what is streamed without a length is counted, up to one byte more than planned.
 */
export async function servedLength(
  exchange: Exchange,
  url: string,
  plainOrigins: readonly string[],
  planned: number,
): Promise<ServedLength> {
  const head = await followFile(exchange, { method: 'HEAD', url, plainOrigins }, async (answer) => {
    if (answer.kind === 'failed') return null;
    await answer.response.body.dump();
    return answer.response.statusCode === 200 ? lengthIn(answer.response.headers['content-length']) : null;
  });
  if (head !== null) return { kind: 'length', bytes: head };
  const headers = { range: 'bytes=0-0' };
  return followFile(exchange, { method: 'GET', url, headers, plainOrigins }, async (answer) =>
    ofRange(answer, planned, exchange.patienceMs),
  );
}

async function ofRange(answer: FileAnswer, planned: number, patienceMs: number): Promise<ServedLength> {
  if (answer.kind === 'failed') return { kind: 'unknown', why: answer.problem.message };
  const { statusCode, headers, body } = answer.response;
  const total =
    statusCode === 206 ? lengthIn(/\/(?<total>\d+)$/.exec(String(headers['content-range']))?.groups?.['total']) : null;
  const whole = statusCode === 200 ? lengthIn(headers['content-length']) : null;
  const told = total ?? whole;
  if (told === null && statusCode === 200) return count(body, planned, patienceMs);
  discard(body);
  return told === null
    ? { kind: 'unknown', why: `its download answers ${statusCode}.` }
    : { kind: 'length', bytes: told };
}

async function count(
  body: Dispatcher.ResponseData['body'],
  planned: number,
  patienceMs: number,
): Promise<ServedLength> {
  const begun = performance.now();
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > planned) break;
      if (isTooSlow(bytes, performance.now() - begun, patienceMs)) {
        return { kind: 'unknown', why: 'its download comes too slowly to wait for.' };
      }
    }
  } catch {
    return { kind: 'unknown', why: 'its download broke off.' };
  }
  return { kind: 'length', bytes };
}

function lengthIn(header: string | readonly string[] | undefined): number | null {
  return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : null;
}
