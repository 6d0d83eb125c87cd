import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { StageFile } from '../staging/resolve-entry.ts';
import type { Contents } from '../staging/staged-contents.ts';

const FORMAT = 1;
const STREAMED_FROM = 1024 * 1024;

/**
 * Rule D2: SHA-256 over the format number and, for every staged file in order, path, executable bit and SHA-256 of its bytes.
 * `blanked` replaces the contents of files that hold version literals.
 */
export async function sourceDigest(files: readonly StageFile[], blanked: Contents): Promise<string> {
  const hash = createHash('sha256').update(`nx-pypi source ${FORMAT}\n`);
  for (const file of files) {
    const content = blanked.get(file.path);
    const bytes = content === undefined ? await sha256OfFile(file.source) : sha256Of(content);
    hash.update(`${file.path}\0${file.executable ? 'x' : '-'}\0${bytes}\n`);
  }
  return `${FORMAT}:${hash.digest('hex')}`;
}

/**
 * Lower-case hex; a large file is never in memory as a whole. A small one is read in this thread: a monorepo has tens of thousands of
 * them, and handing each to another thread takes longer than reading it.
 */
export async function sha256OfFile(path: string): Promise<string> {
  if (statSync(path).size < STREAMED_FROM) return sha256Of(readFileSync(path));
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
