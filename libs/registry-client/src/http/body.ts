import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { discard } from './discard.ts';
import { createGunzip, createInflate } from 'node:zlib';

/** A response body within its bounds, or why it could not be read. */
export type Body =
  | { readonly kind: 'body'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'broken'; readonly detail: string };

/** A most number of bytes, or to read the first ones and leave the rest. */
export type BodyLimit = number | { readonly first: number };

/**
 * Reads a body within its limit, counted after it was decompressed: a small answer cannot unfold into a large one.
 * @param longestMs milliseconds that it may take in all, however little silence there is
 */
export async function readBody(stream: Readable, encoding: string, limit: BodyLimit, longestMs: number): Promise<Body> {
  const maxBytes = typeof limit === 'number' ? limit : limit.first;
  const decoded = decode(stream, encoding);
  if (decoded === null) {
    discard(stream);
    return { kind: 'broken', detail: 'its content encoding was not asked for' };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  let slow = false;
  const end = setTimeout(() => {
    slow = true;
    stream.destroy(new Error('it took too long'));
  }, longestMs);
  try {
    for await (const chunk of decoded as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      chunks.push(chunk);
      if (size > maxBytes) break;
    }
  } catch (error) {
    if (slow) return { kind: 'too-slow' };
    return { kind: 'broken', detail: error instanceof Error ? error.message : 'it ended early' };
  } finally {
    clearTimeout(end);
  }
  if (size <= maxBytes) return { kind: 'body', bytes: Buffer.concat(chunks) };
  discard(stream);
  return typeof limit === 'number'
    ? { kind: 'too-large' }
    : { kind: 'body', bytes: Buffer.concat(chunks).subarray(0, maxBytes) };
}

function decode(stream: Readable, encoding: string): Readable | null {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return stream;
    case 'gzip':
    case 'x-gzip':
      return piped(stream, createGunzip());
    case 'deflate':
      return piped(stream, createInflate());
    default:
      return null;
  }
}

/** Errors of the source end the decoder too: otherwise a connection that broke would wait forever. */
function piped(stream: Readable, decoder: ReturnType<typeof createGunzip>): Readable {
  stream.once('error', (error) => decoder.destroy(error));
  decoder.once('error', () => discard(stream));
  return stream.pipe(decoder);
}
