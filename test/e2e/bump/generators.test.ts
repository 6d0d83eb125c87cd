import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FILES, shop } from './shop.ts';

const CHANGES = [
  'cake/setup.cfg: version = 0.3.1',
  'cake/setup.cfg:     flour>=2.0.0,<3',
  'dough/pyproject.toml: version = "1.0.1"',
  'dough/pyproject.toml: dependencies = ["flour[rye] ~=2.0"]',
  'flour/pyproject.toml: version = "2.0.0"  # behind the registry',
];

it('nx g nx-pypi:bump shows Nx’s own diff in a dry run, and writes the same otherwise', async () => {
  const bakery = await shop();
  const words = ['g', 'nx-pypi:bump', 'flour', '--level=major', '--no-interactive'];
  const dry = await bakery.nx([...words, '--dry-run']);
  expect(dry.code, dry.text).toBe(0);
  expect(dry.text).toMatch(/UPDATE flour\/pyproject\.toml/);
  expect(dry.text).toContain('NOTE: The "dryRun" flag means no changes were made.');
  expect(await bakery.changes()).toEqual([]);
  const done = await bakery.nx(words);
  expect(done.code, done.text).toBe(0);
  expect(await bakery.changes()).toEqual(CHANGES);
});

it('nx g nx-pypi:bump refuses as a whole', async () => {
  const bakery = await shop();
  const failed = await bakery.nx(['g', 'nx-pypi:bump', 'flour', '--level=1.4.1', '--no-interactive']);
  expect(failed.code).not.toBe(0);
  expect(failed.text).toContain('NXPYPI_VERSION_TAKEN');
  expect(await bakery.changes()).toEqual([]);
});

it('nx g nx-pypi:init adds the plugin to nx.json once', async () => {
  const bakery = await shop();
  await bakery.commit('Without the plugin', { 'nx.json': '{ "neverConnectToCloud": true, "analytics": false }' });
  for (const round of [1, 2]) {
    const done = await bakery.nx(['g', 'nx-pypi:init', '--no-interactive']);
    expect(done.code, `${round}: ${done.text}`).toBe(0);
  }
  expect(JSON.parse(bakery.read('nx.json'))).toMatchObject({ plugins: [{ plugin: 'nx-pypi', options: {} }] });
});

it('after kill -9 of a bump at any moment, the next command leaves all of its manifests written or none', async () => {
  const bakery = await shop();
  const many = Array.from({ length: 60 }, (_, index) => `bun${String(index)}`);
  const files = Object.fromEntries(
    many.map((name) => [
      `${name}/pyproject.toml`,
      `[project]\nname = "${name}"\nversion = "1.0.0"\ndependencies = ["flour<2"]\n`,
    ]),
  );
  await bakery.commit('Buns', { ...FILES, ...files });
  for (const name of many) bakery.shelf[name] = ['1.0.0'];
  const seen = new Set<string>();
  for (let round = 0; round < 8; round++) {
    const journal = join(bakery.root, '.nx/nx-pypi/journal.json');
    const child = spawn(
      join(bakery.root, 'node_modules/.bin/nx-pypi'),
      ['bump', 'flour', '--level', 'major', '--yes'],
      {
        cwd: bakery.root,
        stdio: 'ignore',
      },
    );
    const ended = new Promise((resolve) => {
      child.on('exit', resolve);
    });
    while (!existsSync(journal) && child.exitCode === null) await sleep(1);
    await sleep(round * 4);
    child.kill('SIGKILL');
    await ended;
    const half = existsSync(journal);
    const next = await bakery.cli(['sync', '--dry-run']);
    expect(next.text.includes('completed what a killed command had begun to write')).toBe(half);
    seen.add(half ? 'completed' : 'whole');
    const written = (await bakery.changes()).filter((line) => line.includes('flour>=') || line.includes('flour<3'));
    expect([0, 61]).toContain(written.length);
    expect(
      (await bakery.git('status', '--porcelain', '--untracked-files=all'))
        .split('\n')
        .every((line) => line.startsWith(' M')),
    ).toBe(true);
    await bakery.git('checkout', '--quiet', '.');
  }
  expect(seen).toContain('completed');
});
