import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Lower-case hex sha256 and length of a file; null where it cannot be read. */
export async function hashFile(path: string): Promise<{ readonly sha256: string; readonly size: number } | null> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      size += chunk.byteLength;
    }
  } catch {
    return null;
  }
  return { sha256: hash.digest('hex'), size };
}
