import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Layout } from './layout.ts';

/** An upload's bytes on disk, synced, not yet in the catalog. */
export interface Received {
  /** Absolute, in `incoming/`. */
  readonly path: string;
  readonly size: number;
  readonly md5: string;
  readonly sha1: string;
}

/** Streams to disk with constant memory. Rejects where the stream breaks off, and leaves nothing behind then. */
export async function receive(layout: Layout, bytes: Readable): Promise<Received> {
  const path = join(layout.incoming, randomUUID());
  const md5 = createHash('md5');
  const sha1 = createHash('sha1');
  let size = 0;
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      md5.update(chunk);
      sha1.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(bytes, measure, createWriteStream(path, { flags: 'wx', flush: true }));
  } catch (error) {
    await discard(path);
    throw error;
  }
  return { path, size, md5: md5.digest('hex'), sha1: sha1.digest('hex') };
}

/** Removes a received file that is not kept. */
export async function discard(path: string): Promise<void> {
  await rm(path, { force: true });
}
