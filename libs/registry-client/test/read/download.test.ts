import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import type { Found, PublishedFile } from '@nx-pypi/release';
import { describe, expect, test } from 'vitest';
import type { RegistryClient } from '../../src/index.ts';
import { clientOf, credentialFor, targetOf, tempFolder, valueOf } from '../bakery.ts';
import { answer, openCounter, type Counter } from '../counter.ts';

const token = 'glpat-never-print-me';
const bread = 'a whole loaf of rye bread';
const sha256 = createHash('sha256').update(bread).digest('hex');

function loaf(url: string, overrides: Partial<PublishedFile> = {}): PublishedFile {
  return {
    filename: 'rye_bread-1.0.tar.gz',
    url,
    sha256,
    requiresPython: null,
    yanked: false,
    size: null,
    ...overrides,
  };
}

async function clientAt(counter: Counter, cacheDir?: string): Promise<RegistryClient> {
  const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9 });
  return clientOf(target, credentialFor(target, token), cacheDir === undefined ? {} : { cacheDir });
}

function codeOf(found: Found<string>): string {
  expect(inspect(found)).not.toContain(token);
  return found.kind === 'problem' ? found.problem.code : 'found';
}

test('a file is kept under its hash and name, and fetched once', async () => {
  const counter = await openCounter((_visit, response) => answer(response, 200, bread));
  const cacheDir = await tempFolder();
  const client = await clientAt(counter, cacheDir);
  const file = loaf(`${counter.url}/a`);
  const paths = await Promise.all([client.download(file), client.download(file)]);
  const path = valueOf(paths[0]);
  expect(valueOf(paths[1])).toBe(path);
  expect(path).toBe(join(cacheDir, 'files', sha256, 'rye_bread-1.0.tar.gz'));
  expect(await readFile(path, 'utf8')).toBe(bread);
  expect(await readdir(dirname(path))).toEqual(['rye_bread-1.0.tar.gz']);
  const later = await clientAt(counter, cacheDir);
  expect(valueOf(await later.download(file))).toBe(path);
  expect(counter.visits).toHaveLength(1);
});

test('a cached file that was damaged is fetched again', async () => {
  const counter = await openCounter((_visit, response) => answer(response, 200, bread));
  const cacheDir = await tempFolder();
  const path = valueOf(await (await clientAt(counter, cacheDir)).download(loaf(`${counter.url}/a`)));
  await writeFile(path, 'mouldy');
  expect(valueOf(await (await clientAt(counter, cacheDir)).download(loaf(`${counter.url}/a`)))).toBe(path);
  expect(await readFile(path, 'utf8')).toBe(bread);
});

describe('B4: accepted by its sha256 alone', () => {
  test('other bytes are refused and not kept', async () => {
    const counter = await openCounter((_visit, response) => answer(response, 200, 'white bread'));
    const cacheDir = await tempFolder();
    const client = await clientAt(counter, cacheDir);
    expect(codeOf(await client.download(loaf(`${counter.url}/a`)))).toBe('NXPYPI_HASH_MISMATCH');
    expect(await readdir(join(cacheDir, 'files', sha256))).toEqual([]);
  });

  test('without a hash nothing is fetched', async () => {
    const counter = await openCounter((_visit, response) => answer(response, 200, bread));
    const client = await clientAt(counter);
    expect(codeOf(await client.download(loaf(`${counter.url}/a`, { sha256: null })))).toBe('NXPYPI_HASH_MISSING');
    expect(counter.visits).toEqual([]);
  });

  test.each(['../rye.whl', 'a/b.whl', String.raw`a\b.whl`, '..', '.hidden', '', 'a\u0000.whl'])(
    'a name that is a path is refused: %j',
    async (filename) => {
      const counter = await openCounter((_visit, response) => answer(response, 200, bread));
      const client = await clientAt(counter);
      expect(codeOf(await client.download(loaf(`${counter.url}/a`, { filename })))).toBe('NXPYPI_FILENAME_UNREADABLE');
      expect(counter.visits).toEqual([]);
    },
  );

  test('longer than the index says', async () => {
    const counter = await openCounter((_visit, response) => answer(response, 200, bread));
    const client = await clientAt(counter);
    expect(codeOf(await client.download(loaf(`${counter.url}/a`, { size: 5 })))).toBe('NXPYPI_DOWNLOAD_FAILED');
    expect(counter.visits).toHaveLength(1);
  });
});

describe('B4: redirects', () => {
  test('to another origin, without the credential', async () => {
    const storage = await openCounter((_visit, response) => answer(response, 200, bread));
    const counter = await openCounter((_visit, response) =>
      answer(response, 302, '', { location: `${storage.url}/bucket/x?X-Amz-Signature=abc` }),
    );
    valueOf(await (await clientAt(counter)).download(loaf(`${counter.url}/a`)));
    expect(counter.visits[0]?.headers.authorization).toMatch(/^Basic /);
    expect(storage.visits).toHaveLength(1);
    expect(inspect(storage.visits[0]?.headers)).not.toMatch(/authorization|cookie|token/i);
  });

  test('within its origin, without the credential too', async () => {
    const counter = await openCounter(({ path }, response) =>
      path === '/a' ? answer(response, 302, '', { location: '/b' }) : answer(response, 200, bread),
    );
    valueOf(await (await clientAt(counter)).download(loaf(`${counter.url}/a`)));
    expect(counter.visits.map(({ path, headers }) => [path, headers.authorization !== undefined])).toEqual([
      ['/a', true],
      ['/b', false],
    ]);
  });

  test('a file that the index keeps elsewhere gets no credential', async () => {
    const other = await openCounter((_visit, response) => answer(response, 200, bread));
    const counter = await openCounter((_visit, response) => answer(response, 200, bread));
    valueOf(await (await clientAt(counter)).download(loaf(`${other.url}/a`)));
    expect(other.visits[0]?.headers.authorization).toBeUndefined();
  });

  test.each([
    ['to plain http', 'http://storage.example/x', 'NXPYPI_INSECURE_REGISTRY'],
    ['to a file', 'file:///etc/passwd', 'NXPYPI_INSECURE_REGISTRY'],
    ['round and round', '/a', 'NXPYPI_DOWNLOAD_FAILED'],
  ])('refused %s', async (_title, location, code) => {
    const counter = await openCounter((_visit, response) => answer(response, 302, '', { location }));
    expect(codeOf(await (await clientAt(counter)).download(loaf(`${counter.url}/a`)))).toBe(code);
  });
});

describe('failures', () => {
  test.each([
    ['404', 404, 1],
    ['401', 401, 1],
    ['a 503 that stays', 503, 4],
  ])('%s', async (_title, status, visits) => {
    const counter = await openCounter((_visit, response) => answer(response, status, 'no'));
    expect(codeOf(await (await clientAt(counter)).download(loaf(`${counter.url}/a`)))).toBe('NXPYPI_DOWNLOAD_FAILED');
    expect(counter.visits).toHaveLength(visits);
  });

  test('a download that broke off is tried again', async () => {
    const counter = await openCounter((_visit, response, turn) => {
      if (turn > 0) answer(response, 200, bread);
      else {
        response.writeHead(200, { 'content-length': '25' }).write('a whole');
        setTimeout(() => response.destroy(), 5);
      }
    });
    expect(codeOf(await (await clientAt(counter)).download(loaf(`${counter.url}/a`)))).toBe('found');
    expect(counter.visits).toHaveLength(2);
  });

  test('a cache that cannot be written', async () => {
    const counter = await openCounter((_visit, response) => answer(response, 200, bread));
    const cacheDir = join(await tempFolder(), 'a-file');
    await writeFile(cacheDir, '');
    const client = await clientAt(counter, cacheDir);
    expect(codeOf(await client.download(loaf(`${counter.url}/a`)))).toBe('NXPYPI_CACHE_UNWRITABLE');
  });

  test('a failure is not remembered', async () => {
    let open = false;
    const counter = await openCounter((_visit, response) => answer(response, open ? 200 : 404, bread));
    const client = await clientAt(counter);
    expect(codeOf(await client.download(loaf(`${counter.url}/a`)))).toBe('NXPYPI_DOWNLOAD_FAILED');
    open = true;
    expect(codeOf(await client.download(loaf(`${counter.url}/a`)))).toBe('found');
  });
});
