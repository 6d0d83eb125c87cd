import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FILES, shop, type Shop } from './shop.ts';

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
  expect(existsSync(bakery.journal)).toBe(false);
  const done = await bakery.nx(words);
  expect(done.code, done.text).toBe(0);
  expect(await bakery.changes()).toEqual(CHANGES);
  expect(existsSync(bakery.journal)).toBe(false);
});

it('nx g nx-pypi:bump completes what a killed bump left, and refuses as a whole', async () => {
  const bakery = await shop();
  await bakery.killedBump();
  const taken = await bakery.nx(['g', 'nx-pypi:bump', 'flour', '--level=1.4.1', '--no-interactive']);
  expect(taken.code).not.toBe(0);
  expect(taken.text).toContain('completed what a killed command had begun to write: cake/setup.cfg');
  expect(taken.text).toContain('NXPYPI_VERSION_TAKEN');
  expect(await bakery.changes()).toEqual(['cake/setup.cfg: version = 0.4.0']);
  await bakery.git('checkout', '--quiet', '.');
  chmodSync(join(bakery.root, 'dough/pyproject.toml'), 0o444);
  const readOnly = await bakery.nx(['g', 'nx-pypi:bump', 'flour', '--level=major', '--no-interactive']);
  expect(readOnly.code).not.toBe(0);
  expect(readOnly.text).toContain('NXPYPI_READ_ONLY: dough/pyproject.toml is read-only');
  expect(await bakery.changes()).toEqual([]);
  expect(existsSync(bakery.journal)).toBe(false);
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

/** A bakery with sixty buns that no longer accept flour once it is at 2.0.0. */
async function bunShop(): Promise<Shop> {
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
  return bakery;
}

/** Kills a command some milliseconds after it began to write; whether it was in the middle of it. */
async function killWriting(bakery: Shop, words: readonly string[], milliseconds: number): Promise<boolean> {
  const [name = '', ...args] = words;
  const child = spawn(join(bakery.root, 'node_modules/.bin', name), args, {
    cwd: bakery.root,
    stdio: 'ignore',
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', CI: '' },
  });
  const ended = new Promise((resolve) => {
    child.on('exit', resolve);
  });
  while (!existsSync(bakery.journal) && child.exitCode === null) await sleep(1);
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await ended;
  return existsSync(bakery.journal);
}

async function expectAllOrNone(bakery: Shop): Promise<void> {
  const written = (await bakery.changes()).filter((line) => line.includes('flour>=') || line.includes('flour<3'));
  expect([0, 61]).toContain(written.length);
  const status = await bakery.git('status', '--porcelain', '--untracked-files=all');
  expect(status.split('\n').filter((line) => line !== '' && !line.startsWith(' M'))).toEqual([]);
  expect(existsSync(bakery.journal)).toBe(false);
  await bakery.git('checkout', '--quiet', '.');
}

it('after kill -9 of a bump at any moment, the next command leaves all of its manifests written or none', async () => {
  const bakery = await bunShop();
  const seen = new Set<boolean>();
  for (let round = 0; round < 8; round++) {
    const half = await killWriting(bakery, ['nx-pypi', 'bump', 'flour', '--level', 'major', '--yes'], round * 4);
    const next = await bakery.cli(['sync', '--dry-run']);
    expect(next.text.includes('completed what a killed command had begun to write')).toBe(half);
    seen.add(half);
    await expectAllOrNone(bakery);
  }
  expect(seen).toContain(true);
});

it('after kill -9 of Nx’s generator while Nx writes, the next command leaves all of its manifests written or none', async () => {
  const bakery = await bunShop();
  const words = ['nx', 'g', 'nx-pypi:bump', 'flour', '--level=major', '--no-interactive'];
  const seen = new Set<boolean>();
  for (const milliseconds of [0, 2]) {
    seen.add(await killWriting(bakery, words, milliseconds));
    expect((await bakery.cli(['list'])).code).toBe(0);
    await expectAllOrNone(bakery);
  }
  expect(seen).toContain(true);
});
