import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder, zipWith } from '@nx-pypi/testkit';
import { runCommand } from '@nx-pypi/workspace';
import { expect, it } from 'vitest';
import { provideEnvironment, type EnvironmentShop } from '../../src/environments/environments.ts';
import { installerEnvironment } from '../../src/environments/installer-environment.ts';
import { chooseInstaller } from '../../src/environments/installer.ts';
import { readInterpreter } from '../../src/environments/interpreter.ts';

const DAY = 24 * 60 * 60 * 1000;
const env = { PATH: process.env['PATH'] };

interface Workbench {
  readonly shop: EnvironmentShop;
  readonly said: string[];
}

/** A shop that knows the one distribution `luthier` of a local folder, and no index. */
async function workbench(wheels?: string): Promise<Workbench> {
  const folder = await temporaryFolder();
  const said: string[] = [];
  const offline = {
    ...env,
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: wheels ?? dirname(await luthier()),
    PIP_CONFIG_FILE: '/dev/null',
  };
  const interpreter = await readInterpreter(undefined, folder, env);
  if (interpreter.kind === 'problem') throw new Error(interpreter.problem.message);
  const shop: EnvironmentShop = {
    interpreter: interpreter.value,
    installer: await chooseInstaller(false, interpreter.value, folder, env),
    folder,
    env: installerEnvironment(offline),
    constraintsFile: null,
    logs: { folder: join(folder, '.logs'), root: folder },
    timeoutSeconds: 120,
    log: (line) => said.push(line),
  };
  return { shop, said };
}

function luthier(): Promise<string> {
  const info = 'luthier-1.0.dist-info';
  return zipWith('luthier-1.0-py3-none-any.whl', [
    ['luthier.py', 'strings = 4\n'],
    [`${info}/METADATA`, 'Metadata-Version: 2.1\nName: luthier\nVersion: 1.0\n'],
    [`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
    [`${info}/RECORD`, 'luthier.py,,\n'],
  ]);
}

const wish = { requires: ['luthier'], constraints: '', indexSettings: [] };

it('makes an environment once for all who ask at the same time, and hands out the same one later', async () => {
  const { shop, said } = await workbench();
  const asked = [provideEnvironment(shop, wish), provideEnvironment(shop, wish), provideEnvironment(shop, wish)];
  const pythons = (await Promise.all([...asked, Promise.all(asked).then(() => provideEnvironment(shop, wish))])).map(
    (found) => (found.kind === 'found' ? found.value.python : found.problem.message),
  );
  expect(new Set(pythons).size).toBe(1);
  expect(said.filter((line) => line.startsWith('making'))).toHaveLength(1);
  const result = await runCommand(pythons[0] ?? '', ['-c', 'import luthier; print(luthier.strings)'], {
    cwd: shop.folder,
    env,
  });
  expect(result.stdout.trim()).toBe('4');
}, 120_000);

it('never uses one that was left half-made', async () => {
  const { shop } = await workbench();
  const none = { ...wish, requires: [] };
  const first = await provideEnvironment(shop, none);
  if (first.kind === 'problem') throw new Error(first.problem.message);
  const place = join(shop.folder, first.value.key);
  await writeFile(join(place, 'ready.json'), '{"folder": "env-ha');
  const second = await provideEnvironment(shop, none);
  expect(second.kind === 'found' && second.value.python).not.toBe(first.value.python);
  expect(existsSync(first.value.python)).toBe(false);
  expect((await readdir(place)).filter((name) => name.startsWith('env-'))).toHaveLength(1);
}, 60_000);

it('makes unpinned requirements anew after a day, and keeps the old ones where that fails', async () => {
  const { shop, said } = await workbench();
  const first = await provideEnvironment(shop, wish);
  if (first.kind === 'problem') throw new Error(first.problem.message);
  const record = join(shop.folder, first.value.key, 'ready.json');
  const age = async (): Promise<void> => {
    const old = JSON.parse(await readFile(record, 'utf8')) as { readonly folder: string };
    await writeFile(record, JSON.stringify({ folder: old.folder, made: Date.now() - 2 * DAY }));
  };
  await age();
  const empty = join(shop.folder, 'empty');
  await mkdir(empty);
  const offline = { ...shop, env: { ...shop.env, PIP_FIND_LINKS: empty } };
  const kept = await provideEnvironment(offline, wish);
  expect(kept.kind === 'found' && kept.value.python).toBe(first.value.python);
  expect(said.at(-1)).toContain('could not be refreshed');
  const renewed = await provideEnvironment(shop, wish);
  expect(renewed.kind === 'found' && renewed.value.python).not.toBe(first.value.python);
  expect(existsSync(first.value.python)).toBe(true);
}, 120_000);

it('is a problem where a requirement cannot be installed, and leaves nothing that looks ready', async () => {
  const { shop } = await workbench();
  const failed = await provideEnvironment(shop, { ...wish, requires: ['no-such-tool-of-a-luthier'] });
  expect(failed).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_BUILD_REQUIREMENTS' } });
  expect(failed.kind === 'problem' && failed.problem.message).toContain('no-such-tool-of-a-luthier');
  const log = /whole output is in (?<file>\S+)$/.exec(failed.kind === 'problem' ? failed.problem.hint : '')?.groups;
  expect(log?.['file']).toMatch(/^\.logs\/requirements-/);
  expect(await readFile(join(shop.folder, log?.['file'] ?? ''), 'utf8')).toContain('No matching distribution found');
  const place = (await readdir(shop.folder)).find((name) => !/^\.|\.lock$/.test(name)) ?? '';
  expect(await readdir(join(shop.folder, place))).toStrictEqual([]);
}, 60_000);

it.runIf(process.platform !== 'win32')('tells what uv asked for in vain, and why, in one sentence', async () => {
  const { shop } = await workbench();
  const words = [
    'error: Request failed after 3 retries in 11.0s',
    '  cause: Failed to fetch: https://reed:secret@index.example/luthier/',
    '  cause: client error (Connect)',
    '  cause: failed to lookup address information',
  ];
  const uv = `#!/bin/sh\ncat <<'END' >&2\n${words.join('\n')}\nEND\nexit 2\n`;
  await writeFile(join(shop.folder, 'uv'), uv, { mode: 0o755 });
  const path = `${shop.folder}:${process.env['PATH'] ?? ''}`;
  const failed = await provideEnvironment({ ...shop, installer: 'uv', env: { ...shop.env, PATH: path } }, wish);
  expect(failed.kind === 'problem' && failed.problem.message).toBe(
    'the build requirements luthier could not be installed: Request failed after 3 retries in 11.0s: Failed to fetch: https://index.example/luthier/: failed to lookup address information',
  );
});

it('is a problem where there is no Python', async () => {
  const found = await readInterpreter('/no/such/python', await temporaryFolder(), env);
  expect(found).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_PYTHON_MISSING' } });
});
