import { gzipSync } from 'node:zlib';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { RegistryState } from '@nx-pypi/release';
import type { ServerResponse } from 'node:http';
import { clientOf, credentialFor, targetOf } from '../bakery.ts';
import { answer, gitlabPage, json, openCounter, type Visit } from '../counter.ts';

const token = 'glpat-never-print-me';
const hash = 'c'.repeat(64);
const projectPage = '/api/v4/projects/9/packages/pypi/simple/rye-bread/';
const ownFile = `<a href="/api/v4/projects/9/packages/pypi/files/${hash}/rye_bread-1.2.3.tar.gz#sha256=${hash}">x</a>`;

/** What one GitLab page comes to when REST proves the credential; the token is in no part of it. */
async function stateFor(serve: (response: ServerResponse, visit: Visit, turn: number) => void): Promise<RegistryState> {
  const counter = await openCounter((visit, response, turn) => {
    if (visit.path.includes('/packages?')) json(response, 200, []);
    else serve(response, visit, turn);
  });
  const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9 });
  const client = await clientOf(target, credentialFor(target, token));
  const state = await client.readFresh('rye-bread');
  expect(inspect(state, { depth: 9 })).not.toContain(token);
  return state;
}

function published(state: RegistryState): unknown {
  return state.kind === 'published' ? state.versions.map(({ text }) => text) : state;
}

describe('B2: absent is said in three ways', () => {
  test.each<[string, (response: ServerResponse) => void]>([
    ['a 404 that speaks of the package', (response) => json(response, 404, { message: '404 Package Not Found' })],
    [
      'a redirect to the page of the same name on another host',
      (response) =>
        answer(response, 302, '', {
          location: 'https://forwarded.example/simple/rye-bread/',
          'content-type': 'text/plain',
        }),
    ],
    [
      'a page whose files lie on other hosts',
      (response) =>
        answer(
          response,
          200,
          gitlabPage('rye-bread', `<a href="https://files.example/rye_bread-9.tar.gz#sha256=${hash}">x</a>`),
        ),
    ],
    [
      "a page of GitLab's dependency firewall",
      (response) =>
        answer(
          response,
          200,
          gitlabPage(
            'rye-bread',
            `<a href="/api/v4/projects/9/packages/pypi/forward/rye-bread/rye_bread-9.tar.gz#sha256=${hash}">x</a>`,
          ),
        ),
    ],
  ])('%s', async (_title, serve) => {
    expect(await stateFor(serve)).toEqual({ kind: 'absent' });
  });
});

describe('B1: could not find out is never absent', () => {
  test.each<[string, string, (response: ServerResponse) => void]>([
    [
      'NXPYPI_PROJECT_NOT_FOUND',
      'a 404 that speaks of the project',
      (response) => json(response, 404, { message: '404 Not Found' }),
    ],
    [
      'NXPYPI_PROJECT_NOT_FOUND',
      'a 404 of a proxy',
      (response) => answer(response, 404, '<h1>404 Not Found</h1><hr>nginx'),
    ],
    ['NXPYPI_PROJECT_NOT_FOUND', 'an empty 404', (response) => answer(response, 404)],
    ['NXPYPI_UNAUTHORIZED', 'a 401', (response) => json(response, 401, { message: '401 Unauthorized' })],
    ['NXPYPI_FORBIDDEN', 'a 403', (response) => json(response, 403, { message: '403 Forbidden' })],
    [
      'NXPYPI_JOB_TOKEN_NOT_ALLOWED',
      'a job token that is not let in',
      (response) =>
        json(response, 403, { message: '403 Forbidden - Authentication by CI/CD job token not allowed from a to b.' }),
    ],
    ['NXPYPI_REGISTRY_ERROR', 'a 500 that stays', (response) => answer(response, 500, 'oops')],
    ['NXPYPI_REGISTRY_ERROR', 'a 204', (response) => answer(response, 204)],
    [
      'NXPYPI_REGISTRY_REDIRECTED',
      'a redirect to the login page',
      (response) => answer(response, 302, '', { location: '/users/sign_in' }),
    ],
    [
      'NXPYPI_REGISTRY_REDIRECTED',
      'a redirect to another name elsewhere',
      (response) => answer(response, 302, '', { location: 'https://forwarded.example/simple/wheat-bread/' }),
    ],
    [
      'NXPYPI_REGISTRY_REDIRECTED',
      'a redirect to another host that is no index',
      (response) => answer(response, 302, '', { location: 'https://sso.example/?to=/simple/rye-bread/' }),
    ],
    ['NXPYPI_REGISTRY_REDIRECTED', 'a redirect without an address', (response) => answer(response, 302)],
    [
      'NXPYPI_INDEX_UNREADABLE',
      'a login page with status 200',
      (response) => answer(response, 200, '<html><title>Sign in</title><form><input type="password"></form></html>'),
    ],
    [
      'NXPYPI_INDEX_UNREADABLE',
      'an HTML page that was cut off',
      (response) => answer(response, 200, gitlabPage('rye-bread', ownFile).slice(0, -30)),
    ],
    [
      'NXPYPI_INDEX_UNREADABLE',
      'text/plain',
      (response) => answer(response, 200, gitlabPage('rye-bread', ownFile), { 'content-type': 'text/plain' }),
    ],
    [
      'NXPYPI_INDEX_UNREADABLE',
      'no content type',
      (response) => answer(response, 200, gitlabPage('rye-bread', ownFile), { 'content-type': '' }),
    ],
    [
      'NXPYPI_INDEX_UNREADABLE',
      'JSON that is no index',
      (response) => answer(response, 200, '{}', { 'content-type': 'application/vnd.pypi.simple.v1+json' }),
    ],
    [
      'NXPYPI_INDEX_UNREADABLE',
      'a hash of wrong length',
      (response) => answer(response, 200, gitlabPage('rye-bread', ownFile.replace('#sha256=', '#sha256=00'))),
    ],
    [
      'NXPYPI_REGISTRY_UNREACHABLE',
      'a content encoding that was not asked for',
      (response) => answer(response, 200, 'x', { 'content-encoding': 'br' }),
    ],
    [
      'NXPYPI_REGISTRY_UNREACHABLE',
      'a body that is no gzip',
      (response) => answer(response, 200, 'x', { 'content-encoding': 'gzip' }),
    ],
    ['NXPYPI_REGISTRY_UNREACHABLE', 'a connection that breaks', (response) => response.destroy()],
    [
      'NXPYPI_REGISTRY_UNREACHABLE',
      'a body that breaks off',
      (response) => {
        response
          .writeHead(200, { 'content-type': 'text/html', 'content-length': '9999' })
          .write(gitlabPage('rye-bread', ownFile));
        setTimeout(() => response.destroy(), 5);
      },
    ],
    [
      'NXPYPI_INDEX_UNREADABLE',
      'a small body that unfolds into more than 50 MB',
      (response) =>
        answer(response, 200, gzipSync(Buffer.alloc(60_000_000), { level: 1 }), { 'content-encoding': 'gzip' }),
    ],
    [
      'NXPYPI_INDEX_UNREADABLE',
      'a page of 100 MB, as it is',
      (response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        pour(response, Buffer.alloc(1_000_000, ownFile), 100);
      },
    ],
    [
      'NXPYPI_INDEX_UNREADABLE',
      'a page of another type that holds files',
      (response) =>
        answer(response, 200, gitlabPage('rye-bread', ownFile), { 'content-type': 'application/octet-stream' }),
    ],
    [
      'NXPYPI_INDEX_UNREADABLE',
      'HTML that calls itself JSON',
      (response) =>
        answer(response, 200, gitlabPage('rye-bread', ownFile), {
          'content-type': 'application/vnd.pypi.simple.v1+json',
        }),
    ],
    [
      'NXPYPI_REGISTRY_OTHER_HOST',
      "GitLab's own files on a host that was not asked",
      (response) =>
        answer(response, 200, gitlabPage('rye-bread', ownFile.replace('href="', 'href="https://external.example'))),
    ],
  ])('%s: %s', async (code, _title, serve) => {
    expect(await stateFor(serve)).toMatchObject({ kind: 'unknown', problem: { code } });
  });
});

/** Writes a chunk so many times, as fast as it is taken; ends where the other side has gone. */
function pour(response: ServerResponse, chunk: Buffer, times: number): void {
  if (response.destroyed) return;
  if (times === 0) response.end();
  else response.write(chunk, () => pour(response, chunk, times - 1));
}

test('a file without a hash is there, and no byte of it is believed', async () => {
  const bare = ownFile.replace(/#sha256=[0-9a-f]+/, '');
  const counter = await openCounter((_visit, response) => answer(response, 200, gitlabPage('rye-bread', bare)));
  const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9 });
  const client = await clientOf(target, credentialFor(target, 'glpat-x'));
  const state = await client.readFresh('rye-bread');
  expect(published(state)).toEqual(['1.2.3']);
  const [file] = state.kind === 'published' ? (state.versions[0]?.files ?? []) : [];
  if (file === undefined) throw new Error('no file');
  expect(await client.download(file)).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_HASH_MISSING' } });
});

describe('pages', () => {
  test.each<[string, (response: ServerResponse) => void]>([
    ['HTML', (response) => answer(response, 200, gitlabPage('rye-bread', ownFile))],
    [
      'gzip',
      (response) => answer(response, 200, gzipSync(gitlabPage('rye-bread', ownFile)), { 'content-encoding': 'gzip' }),
    ],
    [
      'JSON (PEP 691)',
      (response) =>
        answer(
          response,
          200,
          JSON.stringify({
            meta: { 'api-version': '1.0' },
            name: 'rye-bread',
            files: [
              {
                filename: 'rye_bread-1.2.3.tar.gz',
                url: '/api/v4/projects/9/packages/pypi/files/x/rye_bread-1.2.3.tar.gz',
                hashes: { sha256: hash },
              },
            ],
          }),
          { 'content-type': 'application/vnd.pypi.simple.v1+json; charset=utf-8' },
        ),
    ],
  ])('%s', async (_title, serve) => {
    expect(published(await stateFor(serve))).toEqual(['1.2.3']);
  });

  test('a foreign file beside our own is not counted and is named', async () => {
    const foreign = `<a href="https://files.example/rye_bread-9.tar.gz#sha256=${hash}">x</a>`;
    const state = await stateFor((response) => answer(response, 200, gitlabPage('rye-bread', ownFile + foreign)));
    expect(published(state)).toEqual(['1.2.3']);
    expect(state).toMatchObject({ problems: [{ code: 'NXPYPI_FOREIGN_FILE' }] });
  });

  test('a redirect of the same origin to the same package is followed', async () => {
    const state = await stateFor((response, { path }) => {
      if (path === projectPage) answer(response, 301, '', { location: '/elsewhere/Rye_Bread' });
      else answer(response, 200, gitlabPage('rye-bread', ownFile));
    });
    expect(published(state)).toEqual(['1.2.3']);
  });

  test('redirects to ever new addresses end', async () => {
    const state = await stateFor((response, { path }) =>
      answer(response, 302, '', { location: `/further${path.replace(/\/?$/, '/')}` }),
    );
    expect(state).toMatchObject({ kind: 'unknown', problem: { code: 'NXPYPI_REGISTRY_REDIRECTED' } });
  });

  test('a redirect that goes round ends', async () => {
    const state = await stateFor((response) => answer(response, 302, '', { location: projectPage }));
    expect(state).toMatchObject({ kind: 'unknown', problem: { code: 'NXPYPI_REGISTRY_REDIRECTED' } });
  });
});

describe('tries again', () => {
  test.each([408, 425, 429, 500, 502, 503, 504])('after %i', async (status) => {
    const state = await stateFor((response, _visit, turn) => {
      if (turn < 2) answer(response, status, '', { 'retry-after': '0' });
      else answer(response, 200, gitlabPage('rye-bread', ownFile));
    });
    expect(published(state)).toEqual(['1.2.3']);
  });

  test('after a connection that broke', async () => {
    const state = await stateFor((response, _visit, turn) => {
      if (turn === 0) response.destroy();
      else answer(response, 200, gitlabPage('rye-bread', ownFile));
    });
    expect(published(state)).toEqual(['1.2.3']);
  });

  test('not after 401', async () => {
    let visits = 0;
    await stateFor((response) => {
      visits += 1;
      json(response, 401, {});
    });
    expect(visits).toBe(1);
  });
});

test('one 429 holds all requests back for as long as it says', async () => {
  const times: number[] = [];
  const counter = await openCounter((_visit, response) => {
    times.push(Date.now());
    if (times.length === 1) answer(response, 429, '', { 'retry-after': '1' });
    else answer(response, 200, gitlabPage('x', ''));
  });
  const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9 });
  const client = await clientOf(target, null, { concurrency: 1 });
  await client.read(['rye-bread', 'wheat-bread', 'oat-bread']);
  const [first = 0, second = 0] = times;
  expect(times).toHaveLength(4);
  expect(second - first).toBeGreaterThanOrEqual(990);
});

test('a Retry-After beyond all patience is not waited for', async () => {
  const counter = await openCounter((_visit, response) => answer(response, 429, '', { 'retry-after': '7200' }));
  const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9 });
  const client = await clientOf(target, null, { retry: { attempts: 4, baseMs: 5, capMs: 40, longestPauseMs: 50 } });
  expect(await client.readFresh('rye-bread')).toMatchObject({ problem: { code: 'NXPYPI_RATE_LIMITED' } });
  expect(counter.visits).toHaveLength(1);
});

test('one snapshot per client, which readFresh passes by', async () => {
  const counter = await openCounter((_visit, response) => answer(response, 200, gitlabPage('x', '')));
  const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9, group: 7 });
  const client = await clientOf(target, null);
  await Promise.all([client.read(['rye-bread', 'rye-bread']), client.read(['rye-bread', 'oat-bread'])]);
  expect(counter.visits.map(({ path }) => path).sort()).toEqual([
    '/api/v4/groups/7/-/packages/pypi/simple/oat-bread/',
    '/api/v4/groups/7/-/packages/pypi/simple/rye-bread/',
    '/api/v4/projects/9/packages/pypi/simple/oat-bread/',
    '/api/v4/projects/9/packages/pypi/simple/rye-bread/',
  ]);
  await client.readFresh('rye-bread');
  expect(counter.visits).toHaveLength(6);
  expect(counter.visits.at(-1)?.headers).toMatchObject({
    'cache-control': 'no-cache',
    'user-agent': 'nx-pypi/0.0.0 (test)',
  });
  expect(Date.parse(client.asOf)).toBeLessThanOrEqual(Date.now());
});

test('many packages share few connections', async () => {
  let open = 0;
  let most = 0;
  const counter = await openCounter((_visit, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      answer(response, 200, gitlabPage('x', ''));
    }, 2);
  });
  const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9 });
  const client = await clientOf(target, null, { concurrency: 500, connections: 8 });
  const names = Array.from({ length: 200 }, (_, index) => `bread-${index}`);
  expect((await client.read(names)).size).toBe(200);
  expect(most).toBeLessThanOrEqual(8);
});
