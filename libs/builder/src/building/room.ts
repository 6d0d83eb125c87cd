import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Hands a new temporary folder to `work` and removes it afterwards, whatever happens. */
export async function inRoom<T>(work: (room: string) => Promise<T>): Promise<T> {
  const room = await realpath(await mkdtemp(join(tmpdir(), 'nx-pypi-')));
  try {
    return await work(room);
  } finally {
    await rm(room, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}
