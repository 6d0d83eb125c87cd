import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import { temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { walkFiles } from '@nx-pypi/workspace';
import { expect, it } from 'vitest';
import { treeWatch, type TreeWatch } from '../../src/building/tree-watch.ts';

interface Seen {
  readonly root: string;
  readonly watch: TreeWatch;
  readonly told: Problem[];
  readonly build: (act: () => Promise<void>) => Promise<void>;
}

async function tree(): Promise<Seen> {
  const root = await temporaryFolder();
  await writeTree(root, { 'tuba/tuba.py': 'valves = 3\n', 'tuba/setup.py': '', 'flute/flute.py': '' });
  const told: Problem[] = [];
  const watch = treeWatch(
    root,
    () => walkFiles(root),
    (problem) => told.push(problem),
  );
  return { root, watch, told, build: async (act) => watch.during(await walkFiles(root), act) };
}

it('law 7: tells what was written, made, removed or made executable while packages were built', async () => {
  const { root, told, build } = await tree();
  await build(async () => {
    await writeFile(join(root, 'tuba/tuba.py'), 'valves = 4\n');
    await writeFile(join(root, 'tuba/made.py'), '');
    await rm(join(root, 'flute/flute.py'));
    await chmod(join(root, 'tuba/setup.py'), 0o755);
  });
  expect(told.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'NXPYPI_BUILD_WROTE_TREE: while packages were built, flute/flute.py, tuba/made.py, tuba/setup.py, tuba/tuba.py changed in the working tree',
  ]);
});

it('says nothing of what changes between builds, and each path once', async () => {
  const { root, told, build } = await tree();
  await build(async () => {});
  await writeFile(join(root, 'tuba/tuba.py'), 'valves = 5\n');
  await build(async () => {});
  expect(told).toEqual([]);
  for (const valves of ['six', 'seven!'])
    await build(async () => writeFile(join(root, 'tuba/tuba.py'), `valves = ${valves}\n`));
  expect(told).toHaveLength(1);
});

it('looks once for builds that run at one time, when the last has ended, and after one that failed', async () => {
  const { root, told, build } = await tree();
  let finish = (): void => {};
  const slow = build(() => new Promise((resolve) => (finish = resolve)));
  await build(async () => writeFile(join(root, 'tuba/made.py'), ''));
  expect(told).toEqual([]);
  finish();
  await slow;
  expect(told).toHaveLength(1);
  const crash = build(async () => {
    await writeFile(join(root, 'tuba/more.py'), '');
    throw new Error('out of breath');
  });
  await expect(crash).rejects.toThrow('out of breath');
  expect(told).toHaveLength(2);
});
