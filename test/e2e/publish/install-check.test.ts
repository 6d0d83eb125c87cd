import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter } from 'node:path';
import { gitRepository, temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { localRealm } from 'nx-pypi-registry';
import { expect, it } from 'vitest';
import { pythonTools } from '../detect/python-tools.ts';
import { clinicPackage } from '../registry/clinic.ts';
import { credentialOf, openHouse, registryOptions, runHere, TOKEN } from './theatre.ts';

/** The ghost needs what no index has. Nothing has to be installed to build them. */
const OPERA = {
  ...clinicPackage('opera-score'),
  ...clinicPackage('opera-cast', ['opera-score>=1,<2']),
  ...clinicPackage('opera-ghost', ['phantom-of-no-opera>=1']),
  ...clinicPackage('opera-night', ['opera-ghost>=1,<2']),
};

/** A group that shows nothing to those who do not say who they are. */
const REALM = {
  ...localRealm(TOKEN),
  groups: [{ id: 1, path: 'local', visibility: 'private' }],
  projects: [{ id: 1, path: 'local/packages', visibility: 'private' }],
} as const;

async function openOpera() {
  const registry = await openHouse({ realm: REALM });
  const root = await temporaryFolder();
  const home = await temporaryFolder();
  const options = registryOptions(registry);
  await writeTree(root, {
    ...OPERA,
    'nx.json': JSON.stringify({ plugins: [{ plugin: 'nx-pypi', options }] }),
    '.gitignore': '.nx/\n__pycache__/\n',
  });
  await gitRepository(root);
  const tools = await pythonTools();
  // Nothing is asked outside of this machine: all that is not ours is looked for here too, and found nowhere.
  const index = `${registry.url}/api/v4/groups/local/-/packages/pypi/simple/`;
  const indexes = { PIP_INDEX_URL: index, PIP_NO_CACHE_DIR: '1', UV_DEFAULT_INDEX: index, UV_NO_CACHE: '1' };
  const path = `${tools}${delimiter}${process.env['PATH'] ?? ''}`;
  const cli = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runHere(root, words, { PATH: path, HOME: home, ...indexes, ...credentialOf(registry), ...env });
  return { cli };
}

it('G7: what uv cannot resolve from the index has failed, with its words; what needs it is not released', async () => {
  const { cli } = await openOpera();
  const { code, text } = await cli(['publish', '--install-check']);
  expect(code).toBe(1);
  expect(text).toMatch(/opera-cast +1\.0\.0 published \(2 files\)/);
  expect(text).toMatch(
    /NXPYPI_NOT_INSTALLABLE: opera-ghost 1\.0\.0 is in the index, but uv can't resolve it there: .*phantom-of-no-opera/,
  );
  expect(text).toMatch(/opera-night +1\.0\.0 skipped: it needs opera-ghost, which is not published/);
  expect(text).not.toContain(TOKEN);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('nx-pypi-install-'))).toEqual([]);
});

it('G7: verify --install-check asks later, with pip where there is no uv', async () => {
  const { cli } = await openOpera();
  expect((await cli(['publish', 'opera-cast', 'opera-score', 'opera-ghost'])).code).toBe(0);
  const system = { PATH: '/usr/local/bin:/usr/bin:/bin' };
  expect(await cli(['verify', 'opera-cast', '--install-check'], system)).toEqual({
    code: 0,
    text: '2 files of 1 package verified, 0 problems',
  });
  const { code, text } = await cli(['verify', '--install-check'], system);
  expect(code).toBe(1);
  expect(text).toContain('6 files of 3 packages verified, 1 problem');
  expect(text).toMatch(/opera-ghost 1\.0\.0 is in the index, but pip can't resolve it there: .*phantom-of-no-opera/);
  expect(text).not.toContain(TOKEN);
});
