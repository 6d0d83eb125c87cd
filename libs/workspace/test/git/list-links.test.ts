import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitRepository, temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { expect, it } from 'vitest';
import { listLinks } from '../../src/index.ts';

async function orchestra() {
  const root = await temporaryFolder();
  await writeTree(root, { 'README.md': 'An orchestra.\n', 'winds/flute/pyproject.toml': '' });
  return root;
}

it('lists the symlinks that git tracks, and no others', async () => {
  const root = await orchestra();
  const repository = await gitRepository(root);
  expect(await listLinks(root)).toEqual([]);
  symlinkSync('../../README.md', join(root, 'winds/flute/README.md'));
  symlinkSync('winds', join(root, 'wood ä'));
  expect(await listLinks(root)).toEqual([]);
  await repository.commit('Link');
  expect(await listLinks(root)).toEqual(['winds/flute/README.md', 'wood ä']);
  expect(await listLinks(join(root, 'winds'))).toEqual(['flute/README.md']);
  const other = join(await temporaryFolder(), 'tree');
  await repository.git('worktree', 'add', '--quiet', '-b', 'other', other);
  expect(await listLinks(other)).toEqual(['winds/flute/README.md', 'wood ä']);
});

it('lists none outside git, and none where the index is gone', async () => {
  const root = await orchestra();
  symlinkSync('README.md', join(root, 'LIESMICH.md'));
  expect(await listLinks(root)).toEqual([]);
  writeFileSync(join(root, '.git'), 'gitdir: nowhere\n');
  expect(await listLinks(root)).toEqual([]);
});
