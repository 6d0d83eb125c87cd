import { chmod, rename, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { describe, expect, it } from 'vitest';
import { digestMemory, type DigestMemory } from '../../src/digest/digest-memory.ts';
import { planStage } from '../../src/staging/plan-stage.ts';
import { pyproject, scoreWith, type Score } from '../setting/score.ts';

const TREE = {
  'violin/pyproject.toml': pyproject('violin', 'setuptools.build_meta'),
  'violin/violin.py': 'strings = 4\n',
  'violin/bow.py': '',
};

/** Long after everything was written. */
const later = (): number => Date.now() + 60_000;

async function recalled(memory: DigestMemory, score: Score): Promise<string | null> {
  const pkg = await score.packageAt('violin');
  const plan = await planStage(pkg, await score.sources());
  return plan.kind === 'found' ? memory.recall(pkg, plan.value) : plan.problem.code;
}

async function rememberIn(folder: string, score: Score, clock: () => number | null): Promise<DigestMemory> {
  const memory = digestMemory(folder, 'luthier 1', clock);
  const pkg = await score.packageAt('violin');
  const plan = await planStage(pkg, await score.sources());
  if (plan.kind === 'problem') throw new Error(plan.problem.message);
  await memory.remember(pkg, plan.value, '1:a440');
  await memory.save();
  return memory;
}

describe('D2: a digest is taken from memory', () => {
  it('by the next process, while no file has another stamp', async () => {
    const [score, folder] = [await scoreWith(TREE), await temporaryFolder()];
    await rememberIn(folder, score, later);
    expect(await recalled(digestMemory(folder, 'luthier 1'), score)).toBe('1:a440');
  });

  it('and not by another build of the product', async () => {
    const [score, folder] = [await scoreWith(TREE), await temporaryFolder()];
    await rememberIn(folder, score, later);
    expect(await recalled(digestMemory(folder, 'luthier 2'), score)).toBeNull();
  });

  it.each([
    ['of which a file was changed a moment ago', (): number => Date.now()],
    ['where the clock of the file system is not known', (): null => null],
  ])('and not of a package %s', async (_, clock) => {
    const [score, folder] = [await scoreWith(TREE), await temporaryFolder()];
    await rememberIn(folder, score, clock);
    expect(await recalled(digestMemory(folder, 'luthier 1'), score)).toBeNull();
  });

  it.each<[string, (root: string) => Promise<unknown>]>([
    ['its bytes', (root) => writeTree(root, { 'violin/violin.py': 'strings = 50\n' })],
    ['its executable bit', (root) => chmod(join(root, 'violin/violin.py'), 0o755)],
    ['its name', (root) => rename(join(root, 'violin/violin.py'), join(root, 'violin/viola.py'))],
    [
      'another file in its place, of the same size and time',
      async (root) => {
        const noon = new Date(Date.UTC(2026, 10, 21, 12));
        await writeTree(root, { 'violin/other': 'strings = 5\n' });
        for (const name of ['other', 'violin.py']) await utimes(join(root, 'violin', name), noon, noon);
        await rename(join(root, 'violin/other'), join(root, 'violin/violin.py'));
      },
    ],
    ['a new file', (root) => writeTree(root, { 'violin/peg.py': '' })],
    ['what the manifest says', (root) => writeTree(root, { 'violin/pyproject.toml': pyproject('violin', 'flit') })],
  ])('and not after a change of %s', async (_, change) => {
    const [score, folder] = [await scoreWith(TREE), await temporaryFolder()];
    const memory = await rememberIn(folder, score, later);
    await change(score.repository.root);
    expect(await recalled(memory, score)).toBeNull();
  });
});
