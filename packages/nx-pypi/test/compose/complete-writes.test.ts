import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTree } from '@nx-pypi/testkit';
import { describe, expect, it } from 'vitest';
import { openRun } from '../../src/compose/open-run.ts';
import { PLAIN_RUN } from '../../src/compose/request/run-options.ts';
import { runContext } from '../../src/executors/publish/publish-run.ts';
import { bakery, FILES, type Bakery } from '../cli/bakery.ts';

const MANIFESTS = ['cake/setup.cfg', 'flour/pyproject.toml'];

function bumped(path: string): string {
  return (FILES[path] ?? '').replace(
    /version = .*/,
    path === 'cake/setup.cfg' ? 'version = 0.4.0' : 'version = "2.0.0"',
  );
}

/** A bump that was killed after its first file. */
async function killed(): Promise<Bakery> {
  const shop = await bakery();
  const files = MANIFESTS.map((path) => ({ path, before: FILES[path], after: bumped(path) }));
  await writeTree(shop.root, {
    'cake/setup.cfg': bumped('cake/setup.cfg'),
    '.nx/nx-pypi/journal.json': JSON.stringify({ format: 1, pid: 4_000_000, files }),
  });
  return shop;
}

async function open({ root }: Bakery) {
  const said: string[] = [];
  const env = { PATH: process.env['PATH'], HOME: root };
  const opened = await openRun(runContext(root, { env, tags: new Map(), say: (line) => said.push(line) }), PLAIN_RUN);
  if (opened.kind === 'found') await opened.value.close();
  return { said, opened };
}

describe('E5: every run, whether of a task or a command,', () => {
  it('completes what a killed one had begun to write before it reads a manifest', async () => {
    const shop = await killed();
    const { said, opened } = await open(shop);
    expect(said).toEqual([`completed what a killed command had begun to write: ${MANIFESTS.join(', ')}`]);
    expect(MANIFESTS.map((path) => shop.read(path))).toEqual(MANIFESTS.map(bumped));
    const packages = opened.kind === 'found' ? opened.value.request.discovery.packages : [];
    expect(packages.find(({ name }) => name === 'flour')?.version).toMatchObject({ text: '2.0.0' });
    expect((await open(shop)).said).toEqual([]);
  });

  it('stops where a file was edited since, and leaves all as it is', async () => {
    const shop = await killed();
    writeFileSync(join(shop.root, 'flour/pyproject.toml'), '[project]\nname = "flour"\nversion = "9"\n');
    const { opened } = await open(shop);
    expect(opened).toMatchObject({
      kind: 'problem',
      problem: { code: 'NXPYPI_HALF_WRITTEN', where: 'flour/pyproject.toml' },
    });
    expect(existsSync(join(shop.root, '.nx/nx-pypi/journal.json'))).toBe(true);
    expect(shop.read('flour/pyproject.toml')).toContain('version = "9"');
  });
});
