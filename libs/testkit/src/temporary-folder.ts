import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The part of Vitest's test context that is needed here. */
export interface TestEnd {
  readonly onTestFinished: (remove: () => Promise<void>) => void;
}

/**
 * Makes a new, empty folder outside the repository and removes it, with all that is in it, when the test ends.
 * To be called in a test or its `beforeEach`. Vitest is loaded here and not with the module, so that scripts can use the
 * other builders without it.
 *
 * @param test the test's context; a concurrent test must give it, because Vitest knows only one current test
 * @returns its absolute path with symlinks resolved, as child processes report it
 */
export async function temporaryFolder(test?: TestEnd): Promise<string> {
  const { onTestFinished } = test ?? (await import('vitest'));
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'nx-pypi-test-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
