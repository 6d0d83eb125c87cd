import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NxPypiOptions } from '../../../src/options.ts';
import { connected, gitlab, jar, pantry, refusalOf } from './pantry.ts';

const project = { project: 'local/packages', group: 'local' };

describe('several registries', () => {
  test('every package is read from, proven for and uploaded to its own one', async () => {
    const [kitchen, shop] = [await gitlab('kitchen-key'), await gitlab('shop-key')];
    const root = pantry();
    mkdirSync(join(root, 'cellar'));
    const options: NxPypiOptions = {
      registry: { url: kitchen.url, ...project },
      registries: {
        shop: { packages: ['jam', 'tag:sold'], registry: { url: shop.url, ...project } },
        cellar: { packages: ['wine-*'], registry: { directory: 'cellar' } },
      },
    };
    const packages = ['jam', 'honey', 'flour', 'wine-red'];
    const tags = new Map(packages.map((name) => [name, name === 'honey' ? ['sold'] : []]));
    const env = {
      NX_PYPI_URL: kitchen.url,
      NX_PYPI_TOKEN: 'kitchen-key',
      NX_PYPI_SHOP_URL: shop.url,
      NX_PYPI_SHOP_TOKEN: 'shop-key',
    };
    const { registry, opened, local } = await connected({ root, options, packages, tags, env });
    expect(opened.map(({ name, server }) => [name, server?.credential?.source ?? null])).toEqual([
      [null, 'NX_PYPI_TOKEN'],
      ['shop', 'NX_PYPI_SHOP_TOKEN'],
      ['cellar', null],
    ]);
    expect(local).toBe(true);
    expect(await registry.prove(packages)).toBeNull();
    for (const name of packages) {
      const request = jar(name, '1.0');
      expect(await registry.upload(request)).toMatchObject({ kind: 'uploaded' });
      expect(await registry.verify({ ...request.artifact, name })).toEqual({ kind: 'visible' });
    }
    const states = await registry.read(packages);
    expect([...states.keys()].toSorted()).toEqual(packages.toSorted());
    for (const state of states.values()) {
      if (state.kind !== 'published') throw new Error(state.kind);
      const [file] = state.versions[0]?.files ?? [];
      if (file === undefined) throw new Error('no file');
      const downloaded = await registry.download(file);
      expect(downloaded.kind === 'found' && readFileSync(downloaded.value, 'utf8')).toBe(file.filename);
    }
    const uploads = (server: typeof kitchen) => server.requests.filter(({ method }) => method === 'POST').length;
    expect([uploads(kitchen), uploads(shop), readdirSync(join(root, 'cellar'))]).toEqual([
      1,
      2,
      ['index.html', 'wine-red'],
    ]);
  });

  test('one that cannot be opened is the problem of its packages alone', async () => {
    const kitchen = await gitlab('kitchen-key');
    const { registry, unopened } = await connected({
      options: {
        registry: { url: kitchen.url, ...project },
        registries: { shop: { packages: ['jam'], registry: { url: 'http://shop.example', project: 1 } } },
      },
      packages: ['jam', 'flour'],
      env: { NX_PYPI_URL: kitchen.url, NX_PYPI_TOKEN: 'kitchen-key' },
    });
    const problem = { code: 'NXPYPI_INSECURE_REGISTRY' };
    const states = await registry.read(['jam', 'flour']);
    expect(states.get('flour')).toEqual({ kind: 'absent' });
    expect(states.get('jam')).toMatchObject({ kind: 'unknown', problem });
    expect(await registry.prove(['flour'])).toBeNull();
    expect(await registry.prove(['flour', 'jam'])).toMatchObject(problem);
    expect(await registry.upload(jar('jam', '1.0'))).toMatchObject({ kind: 'rejected', runWide: false, problem });
    expect([...unopened.keys()]).toEqual(['shop']);
  });

  test('a credential is asked of those that are uploaded to, and of no other', async () => {
    const [kitchen, shop] = [await gitlab('kitchen-key'), await gitlab('shop-key')];
    const { registry } = await connected({
      options: {
        registry: { url: kitchen.url, ...project },
        registries: { shop: { packages: ['jam'], registry: { url: shop.url, ...project } } },
      },
      packages: ['jam', 'flour'],
      env: { NX_PYPI_URL: kitchen.url, NX_PYPI_TOKEN: 'kitchen-key' },
    });
    expect((await registry.readFresh('jam')).kind).toBe('absent');
    expect(await registry.prove(['flour'])).toBeNull();
    expect(await registry.prove(['jam'])).toMatchObject({ code: 'NXPYPI_NO_CREDENTIAL' });
  });

  test('a package that two of them take goes to none', async () => {
    const { registry } = await connected({
      options: {
        registry: { directory: '.' },
        registries: {
          shop: { packages: ['jam'], registry: { directory: 'shop' } },
          cellar: { packages: ['j*'], registry: { directory: 'cellar' } },
        },
      },
      packages: ['jam'],
    });
    expect(await registry.readFresh('jam')).toMatchObject({ problem: { code: 'NXPYPI_TWO_REGISTRIES' } });
  });

  test('the embedded registry is started only where a package goes to it', async () => {
    const root = pantry();
    mkdirSync(join(root, 'shop'));
    const { opened } = await connected({
      root,
      options: { registries: { shop: { packages: ['*'], registry: { directory: 'shop' } } } },
      packages: ['jam'],
      env: { CI: 'true' },
    });
    expect(opened.map(({ display }) => display)).toEqual(['folder shop']);
    expect(existsSync(join(root, '.nx'))).toBe(false);
  });
});

describe('one registry', () => {
  test('a folder inside the workspace is local, one outside is shared (A3)', async () => {
    const root = pantry();
    const shared = pantry();
    expect((await connected({ root, options: { registry: { directory: 'dist/index' } } })).local).toBe(true);
    expect((await connected({ root, options: { registry: { directory: shared } } })).local).toBe(false);
  });

  test.each<[string, NxPypiOptions, Readonly<Record<string, string>>, string]>([
    ['none configured, in CI', {}, { CI: 'true' }, 'NXPYPI_NO_REGISTRY'],
    ['"gitlab" outside CI', { registry: 'gitlab' }, {}, 'NXPYPI_NO_REGISTRY'],
    [
      'a URL with a password',
      { registry: { url: 'https://me:secret@host.example', project: 1 } },
      {},
      'NXPYPI_CREDENTIALS_IN_URL',
    ],
  ])('%s', async (_title, options, env, code) => {
    const problem = await refusalOf({ options, env, packages: ['jam'] });
    expect(problem?.code).toBe(code);
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  test('H1: a user name from nx.json goes with the token that the environment binds to the origin', async () => {
    const kitchen = await gitlab('kitchen-key');
    const { opened } = await connected({
      options: { registry: { url: kitchen.url, ...project, username: 'cook' } },
      env: { NX_PYPI_URL: kitchen.url, NX_PYPI_TOKEN: 'kitchen-key' },
    });
    expect(opened[0]?.server?.credential).toMatchObject({ username: 'cook', source: 'NX_PYPI_TOKEN' });
  });

  test('a CA file that is not there is told with its path, before anything is asked', async () => {
    const registry = { url: 'https://127.0.0.1:9', ...project, caFile: 'certificates/house.pem' };
    expect(await refusalOf({ options: { registry }, packages: ['jam'] })).toMatchObject({
      code: 'NXPYPI_BAD_OPTION',
      message: expect.stringContaining('certificates/house.pem'),
    });
  });
});
