import { existsSync } from 'node:fs';
import { readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@nx-pypi/testkit';
import { beforeEach, describe, expect, test } from 'vitest';

describe('temporaryFolder', () => {
  const used: string[] = [];
  let prepared = '';

  beforeEach(async () => {
    prepared = await temporaryFolder();
  });

  test('is empty, a folder of its own and resolved', async () => {
    const [first, second] = await Promise.all([temporaryFolder(), temporaryFolder()]);
    expect(first).not.toBe(second);
    expect(await readdir(first)).toEqual([]);
    expect(await realpath(first)).toBe(first);
    await writeFile(join(first, 'score.txt'), 'G D A E');
    used.push(first, second, prepared);
  });

  test('is removed with all that is in it when the test ends, also when a hook made it', async () => {
    expect(used).toHaveLength(3);
    expect(used.filter((folder) => existsSync(folder))).toEqual([]);
    expect((await stat(prepared)).isDirectory()).toBe(true);
  });

  test('belongs to the test whose context is given, whichever test Vitest takes for the current one', async () => {
    const removals: (() => Promise<void>)[] = [];
    const folder = await temporaryFolder({ onTestFinished: (remove) => void removals.push(remove) });
    await writeFile(join(folder, 'score.txt'), 'G D A E');
    expect(removals).toHaveLength(1);
    await removals[0]?.();
    expect(existsSync(folder)).toBe(false);
  });

  test.concurrent("takes Vitest's own context", async (context) => {
    const folder = await temporaryFolder(context);
    expect(existsSync(folder)).toBe(true);
  });
});
