import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDirectoryRegistry, type DirectoryOptions, type RegistryClient } from '../../src/index.ts';
import { bake, clientOf, order, targetOf, tempFolder, valueOf } from '../bakery.ts';

interface Pantry {
  readonly directory: string;
  readonly client: RegistryClient;
}

async function openPantry(): Promise<Pantry> {
  const directory = await tempFolder();
  return { directory, client: createDirectoryRegistry({ directory, lock: queue() }) };
}

/** One after another, as lock files make processes wait. */
function queue(): DirectoryOptions['lock'] {
  const last = new Map<string, Promise<void>>();
  return async (path) => {
    const before = last.get(path);
    let release = (): void => undefined;
    last.set(
      path,
      new Promise((done) => {
        release = done;
      }),
    );
    await before;
    return { kind: 'found', value: { release: async () => release() } };
  };
}

/** What any web server does with a folder. */
async function serve(directory: string): Promise<string> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    readFile(join(directory, path.endsWith('/') ? `${path}index.html` : path)).then(
      (content) =>
        response
          .writeHead(200, { 'content-type': path.endsWith('/') ? 'text/html' : 'application/octet-stream' })
          .end(content),
      () => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404 Not Found</h1>'),
    );
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('one release', () => {
  test('absent, copied, verified, read, found as a file, and no trace besides', async () => {
    const { client, directory } = await openPantry();
    expect(await client.prove()).toBeNull();
    expect(await client.readFresh('rye-bread')).toEqual({ kind: 'absent' });
    const sdist = await bake('rye_bread-1.0.tar.gz', 'rye', [['Requires-Python', '>=3.9,<4']]);
    const wheel = await bake('rye_bread-1.0-py3-none-any.whl', 'rye wheel', [['Requires-Python', '>=3.9,<4']]);
    for (const artifact of [sdist, wheel]) {
      const { filename, sha256 } = artifact;
      expect(await client.upload(order(artifact, 'Rye_Bread', '1.0'))).toEqual({ kind: 'uploaded', filename, sha256 });
      expect(await client.verify({ ...artifact, name: 'rye-bread' })).toEqual({ kind: 'visible' });
    }
    const state = (await client.read(['rye-bread'])).get('rye-bread');
    if (state?.kind !== 'published') throw new Error(state?.kind);
    const files = state.versions.flatMap((version) => version.files);
    expect(files.map(({ filename, sha256, requiresPython }) => [filename, sha256, requiresPython])).toEqual([
      [wheel.filename, wheel.sha256, '>=3.9,<4'],
      [sdist.filename, sdist.sha256, '>=3.9,<4'],
    ]);
    const path = valueOf(
      await client.download({ ...sdist, url: '', requiresPython: null, yanked: false, ...files[1] }),
    );
    expect(await readFile(path, 'utf8')).toBe('rye');
    expect((await readdir(directory, { recursive: true })).toSorted()).toEqual([
      'index.html',
      'rye-bread',
      'rye-bread/index.html',
      `rye-bread/${wheel.filename}`,
      `rye-bread/${sdist.filename}`,
    ]);
  });

  test('any web server makes an index of it', async () => {
    const { client, directory } = await openPantry();
    const artifact = await bake('rye_bread-1.0+local.1.tar.gz', 'rye', [['Requires-Python', '>=3.9']]);
    await client.upload(order(artifact, 'rye-bread', '1.0+local.1'));
    const url = await serve(directory);
    const web = await clientOf(targetOf({ kind: 'pypi', uploadUrl: url, indexUrl: url }), null);
    const state = await web.readFresh('rye-bread');
    expect(state).toMatchObject({
      kind: 'published',
      versions: [{ text: '1.0+local.1', files: [{ sha256: artifact.sha256, requiresPython: '>=3.9' }] }],
    });
    if (state.kind !== 'published') return;
    const [file] = state.versions[0]?.files ?? [];
    if (file === undefined) throw new Error('no file');
    expect(await readFile(valueOf(await web.download(file)), 'utf8')).toBe('rye');
    expect(await web.readFresh('wheat-bread')).toEqual({ kind: 'absent' });
    expect(await readFile(join(directory, 'index.html'), 'utf8')).toContain('<a href="rye-bread/">rye-bread</a>');
  });

  test('many at once: every page lists every file', async () => {
    const { client, directory } = await openPantry();
    const versions = Array.from({ length: 12 }, (_, index) => `1.${index}`);
    const outcomes = await Promise.all(
      versions.flatMap((version) =>
        ['rye', 'wheat'].map(async (grain) =>
          client.upload(order(await bake(`${grain}-${version}.tar.gz`, `${grain} ${version}`), grain, version)),
        ),
      ),
    );
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['uploaded']));
    for (const grain of ['rye', 'wheat']) {
      const page = await readFile(join(directory, grain, 'index.html'), 'utf8');
      for (const version of versions) expect(page).toContain(`${grain}-${version}.tar.gz#sha256=`);
    }
    const root = await readFile(join(directory, 'index.html'), 'utf8');
    expect([...root.matchAll(/href="([^"]+)"/g)].map((match) => match[1])).toEqual(['rye/', 'wheat/']);
  });
});

describe('G4: nothing is overwritten', () => {
  test('the same bytes are already there, others are a conflict or the same content', async () => {
    const { client, directory } = await openPantry();
    const artifact = await bake('rye-1.0.tar.gz', 'rye');
    const burnt = await bake('rye-1.0.tar.gz', 'burnt rye');
    await client.upload(order(artifact, 'rye', '1.0'));
    expect(await client.upload(order(artifact, 'rye', '1.0'))).toMatchObject({ kind: 'already-there', same: 'bytes' });
    expect(await client.upload(order(burnt, 'rye', '1.0'))).toMatchObject({
      kind: 'conflict',
      theirs: artifact.sha256,
    });
    const sameContent = async () => ({ kind: 'found', value: true }) as const;
    expect(await client.upload(order(burnt, 'rye', '1.0', { sameContent }))).toMatchObject({
      kind: 'already-there',
      same: 'content',
    });
    expect(await readFile(join(directory, 'rye', artifact.filename), 'utf8')).toBe('rye');
  });

  test('two runs at once: one stores, the other settles', async () => {
    const { client } = await openPantry();
    const loaves = await Promise.all(['rye', 'burnt rye'].map(async (text) => bake('rye-1.0.tar.gz', text)));
    const outcomes = await Promise.all(loaves.map(async (loaf) => client.upload(order(loaf, 'rye', '1.0'))));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['conflict', 'uploaded']);
  });

  test('G5: nothing is copied where the folder shows a version that makes the plan obsolete', async () => {
    const { client } = await openPantry();
    await client.upload(order(await bake('rye-1.1.tar.gz', 'rye with seeds'), 'rye', '1.1'));
    const outcome = await client.upload(
      order(await bake('rye-1.0.tar.gz', 'rye'), 'rye', '1.0', { overtakenBy: () => '1.1' }),
    );
    expect(outcome).toEqual({ kind: 'overtaken', filename: 'rye-1.0.tar.gz', version: '1.1' });
  });

  test('a file that is not the one that was built is not copied', async () => {
    const { client } = await openPantry();
    const artifact = { ...(await bake('rye-1.0.tar.gz', 'rye')), sha256: '0'.repeat(64) };
    expect(await client.upload(order(artifact, 'rye', '1.0'))).toMatchObject({
      problem: { code: 'NXPYPI_ARTIFACT_CHANGED' },
    });
    expect(await client.readFresh('rye')).toEqual({ kind: 'absent' });
  });
});

describe('a folder that others touch', () => {
  test('a file that was put there by hand counts, with its own hash, and the next page lists it', async () => {
    const { client, directory } = await openPantry();
    const byHand = await bake('rye-0.9.tar.gz', 'rye of yesterday');
    await mkdir(join(directory, 'rye'));
    await writeFile(join(directory, 'rye', byHand.filename), 'rye of yesterday');
    await writeFile(join(directory, 'rye', 'recipe.txt'), 'water, flour, salt');
    expect(await client.readFresh('rye')).toMatchObject({
      versions: [{ text: '0.9', files: [{ sha256: byHand.sha256 }] }],
    });
    await client.upload(order(await bake('rye-1.0.tar.gz', 'rye'), 'rye', '1.0'));
    const page = await readFile(join(directory, 'rye', 'index.html'), 'utf8');
    expect(page).toContain(`rye-0.9.tar.gz#sha256=${byHand.sha256}`);
    expect(page).not.toContain('recipe');
  });

  test('PEP 592: what was yanked in the page stays yanked', async () => {
    const { client, directory } = await openPantry();
    await client.upload(order(await bake('rye-1.0.tar.gz', 'rye'), 'rye', '1.0'));
    const page = join(directory, 'rye', 'index.html');
    await writeFile(
      page,
      (await readFile(page, 'utf8')).replace('<a href="rye-1.0', '<a data-yanked="mould" href="rye-1.0'),
    );
    await client.upload(order(await bake('rye-1.1.tar.gz', 'fresh rye'), 'rye', '1.1'));
    const state = await client.readFresh('rye');
    expect(state).toMatchObject({
      versions: [
        { text: '1.0', yanked: true },
        { text: '1.1', yanked: false },
      ],
    });
  });

  test('a run that ended between file and page: the next one lists the file', async () => {
    const { client, directory } = await openPantry();
    const artifact = await bake('rye-1.0.tar.gz', 'rye', [['Requires-Python', '>=3.10']]);
    await client.upload(order(artifact, 'rye', '1.0'));
    await rm(join(directory, 'rye', 'index.html'));
    expect(await client.verify({ ...artifact, name: 'rye' })).toMatchObject({
      problem: { code: 'NXPYPI_NOT_VISIBLE' },
    });
    expect(await client.upload(order(artifact, 'rye', '1.0'))).toMatchObject({ kind: 'already-there' });
    expect(await client.verify({ ...artifact, name: 'rye' })).toEqual({ kind: 'visible' });
    expect(await readFile(join(directory, 'rye', 'index.html'), 'utf8')).toContain('data-requires-python="&gt;=3.10"');
  });

  test('B4: a file that is not what its page says is no file of ours', async () => {
    const { client, directory } = await openPantry();
    const artifact = await bake('rye-1.0.tar.gz', 'rye');
    await client.upload(order(artifact, 'rye', '1.0'));
    const path = join(directory, 'rye', artifact.filename);
    await rm(path);
    await writeFile(path, 'mould');
    const state = await client.readFresh('rye');
    if (state.kind !== 'published') throw new Error(state.kind);
    const [file] = state.versions[0]?.files ?? [];
    if (file === undefined) throw new Error('no file');
    expect(await client.download(file)).toMatchObject({ problem: { code: 'NXPYPI_HASH_MISMATCH' } });
    expect(await client.verify({ ...artifact, name: 'rye' })).toMatchObject({ kind: 'mismatch' });
  });
});

describe('B1: what is not sure is unknown', () => {
  test('a share that is not mounted holds nothing that anybody knows of', async () => {
    const { client, directory } = await openPantry();
    const artifact = await bake('rye-1.0.tar.gz', 'rye');
    await rm(directory, { recursive: true });
    const problem = { code: 'NXPYPI_DIRECTORY_MISSING', where: directory };
    expect(await client.prove()).toMatchObject(problem);
    expect(await client.readFresh('rye')).toMatchObject({ kind: 'unknown', problem });
    expect(await client.upload(order(artifact, 'rye', '1.0'))).toMatchObject({
      kind: 'rejected',
      runWide: true,
      problem,
    });
  });

  test('a folder with another spelling of the name is not taken for none', async () => {
    const { client, directory } = await openPantry();
    await client.upload(order(await bake('rye_bread-1.0.tar.gz', 'rye'), 'rye-bread', '1.0'));
    await rename(join(directory, 'rye-bread'), join(directory, 'Rye_Bread'));
    expect(await client.readFresh('rye-bread')).toMatchObject({
      kind: 'unknown',
      problem: { code: 'NXPYPI_DIRECTORY_SPELLING', hint: expect.stringContaining('rye-bread') },
    });
  });

  test('a file where the folder should be', async () => {
    const { client, directory } = await openPantry();
    await writeFile(join(directory, 'rye'), 'crumbs');
    expect(await client.readFresh('rye')).toMatchObject({ problem: { code: 'NXPYPI_DIRECTORY_UNREADABLE' } });
  });

  test.each<[string, string, Partial<DirectoryOptions>]>([
    ['a name that the file system refuses', `rye-1.0+${'a'.repeat(300)}.tar.gz`, {}],
    ['a lock that cannot be written', 'rye-1.0.tar.gz', { lock: async () => Promise.reject(new Error('read-only')) }],
  ])('%s rejects the file, and stops the run', async (_title, filename, options) => {
    const directory = await tempFolder();
    const client = createDirectoryRegistry({ directory, lock: queue(), ...options });
    const artifact = { ...(await bake('rye-1.0.tar.gz', 'rye')), filename };
    expect(await client.upload(order(artifact, 'rye', '1.0'))).toMatchObject({
      kind: 'rejected',
      runWide: true,
      problem: { code: 'NXPYPI_DIRECTORY_UNWRITABLE' },
    });
    expect((await readdir(join(directory, 'rye'))).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
