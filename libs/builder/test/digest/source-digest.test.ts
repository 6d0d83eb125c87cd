import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTree } from '@nx-pypi/testkit';
import { expect, it } from 'vitest';
import { createBuilder } from '@nx-pypi/builder';
import { pyproject, scoreWith, type Score } from '../setting/score.ts';

const TREE = {
  'violin/pyproject.toml': pyproject('violin', 'setuptools.build_meta'),
  'violin/violin.py': 'strings = 4\n',
};

async function digestOf(score: Score): Promise<string> {
  const { root } = score.repository;
  const builder = createBuilder({ root, cacheDir: join(root, '.nx'), env: {} });
  const digest = await builder.digest(await score.packageAt('violin'));
  return digest.kind === 'found' ? digest.value : digest.problem.code;
}

async function digestAfter(change: (root: string) => Promise<void>): Promise<readonly [string, string]> {
  const score = await scoreWith(TREE);
  const before = await digestOf(score);
  await change(score.repository.root);
  return [before, await digestOf(score)];
}

it('D2: is a format number and a SHA-256, the same in every checkout', async () => {
  const [one, other] = [
    await digestOf(await scoreWith(TREE)),
    await digestOf(await scoreWith({ ...TREE, 'README.md': '' })),
  ];
  expect(one).toMatch(/^1:[0-9a-f]{64}$/);
  expect(other).toBe(one);
});

it('D2: does not change with the version literal', async () => {
  const manifest = TREE['violin/pyproject.toml'];
  for (const version of ['1.0.1', '0.0.0']) {
    const [before, after] = await digestAfter((root) =>
      writeTree(root, { 'violin/pyproject.toml': manifest.replace('"1.0.0"', `"${version}"`) }),
    );
    expect(after).toBe(before);
  }
});

it.each([
  ['bytes', (root: string) => writeTree(root, { 'violin/violin.py': 'strings = 5\n' })],
  ['a new file', (root: string) => writeTree(root, { 'violin/bow.py': '' })],
  ['the executable bit', (root: string) => chmod(join(root, 'violin/violin.py'), 0o755)],
  [
    'the manifest',
    (root: string) => writeTree(root, { 'violin/pyproject.toml': `${TREE['violin/pyproject.toml']}# tuned\n` }),
  ],
])('D2: changes with %s', async (_, change) => {
  const [before, after] = await digestAfter(change);
  expect(after).not.toBe(before);
});
