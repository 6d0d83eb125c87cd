import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';

const STREAMED_FROM = 1024 * 1024;

/** Lower-case hex sha256 and length of a file; null where it cannot be read. Small files, thousands in a run, are read in this thread: handing one to another takes longer. */
export async function hashFile(path: string): Promise<{ readonly sha256: string; readonly size: number } | null> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    if (statSync(path).size < STREAMED_FROM) {
      const bytes = readFileSync(path);
      return { sha256: hash.update(bytes).digest('hex'), size: bytes.length };
    }
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      size += chunk.byteLength;
    }
  } catch {
    return null;
  }
  return { sha256: hash.digest('hex'), size };
}
