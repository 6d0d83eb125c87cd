import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Makes a new, empty folder outside the repository and removes it, with all that is in it, when the test ends.
 * To be called in a test or its `beforeEach`.
 *
 * @returns its absolute path with symlinks resolved, as child processes report it
 */
export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'nx-pypi-test-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
