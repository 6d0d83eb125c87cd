import type { ServerResponse } from 'node:http';
import type { RegistryState } from '@nx-pypi/release';
import { describe, expect, test } from 'vitest';
import type { RegistryClient } from '../../src/index.ts';
import { clientOf, credentialFor, targetOf } from '../bakery.ts';
import { answer, gitlabPage, openCounter, type Visit } from '../counter.ts';

const list =
  '<!DOCTYPE html><html><head><title>Simple index</title></head><body><a href="rye-bread/">rye-bread</a></body></html>';

async function clientAt(
  serve: (response: ServerResponse, visit: Visit) => void,
  password: string | null = 'secret-4711',
): Promise<RegistryClient> {
  const counter = await openCounter((visit, response) => serve(response, visit));
  const target = targetOf({ kind: 'pypi', uploadUrl: `${counter.url}/`, indexUrl: `${counter.url}/simple` });
  return clientOf(target, password === null ? null : credentialFor(target, password, 'ana'));
}

/** What the page of a package means, below an index that is one. */
async function stateBelow(serve: (response: ServerResponse) => void, root = list): Promise<RegistryState> {
  const client = await clientAt((response, { path }) =>
    path === '/simple/' ? answer(response, 200, root) : serve(response),
  );
  return client.readFresh('rye-bread');
}

describe('B3: an index that is not GitLab', () => {
  test.each<[string, string | null, (response: ServerResponse, visit: Visit) => void, number]>([
    [
      'open to everybody, with a credential: unproven, which is said',
      'secret-4711',
      (response) => answer(response, 200, list),
      1,
    ],
    ['open to everybody, without one', null, (response) => answer(response, 200, list), 0],
    [
      'closed, and the credential opens it',
      'secret-4711',
      (response, { headers }) => answer(response, headers.authorization ? 200 : 401, list),
      0,
    ],
    [
      'as JSON',
      null,
      (response) => answer(response, 200, '{}', { 'content-type': 'application/vnd.pypi.simple.v1+json' }),
      0,
    ],
  ])('%s', async (_title, password, serve, notices) => {
    const client = await clientAt(serve, password);
    expect(await client.prove()).toBeNull();
    expect(client.notices()).toHaveLength(notices);
  });

  test.each<[string, string, (response: ServerResponse) => void]>([
    ['NXPYPI_UNAUTHORIZED', 'a wrong password', (response) => answer(response, 401)],
    ['NXPYPI_FORBIDDEN', 'no permission', (response) => answer(response, 403)],
    ['NXPYPI_PROJECT_NOT_FOUND', 'no index there', (response) => answer(response, 404)],
    ['NXPYPI_INDEX_UNREADABLE', 'a login page', (response) => answer(response, 200, '<form action="/login"></form>')],
    [
      'NXPYPI_INDEX_UNREADABLE',
      'something else',
      (response) => answer(response, 200, '{}', { 'content-type': 'application/json' }),
    ],
    ['NXPYPI_REGISTRY_REDIRECTED', 'a redirect', (response) => answer(response, 302, '', { location: '/login' })],
    ['NXPYPI_REGISTRY_ERROR', 'a failure', (response) => answer(response, 500)],
  ])('%s: %s', async (code, _title, serve) => {
    const client = await clientAt(serve);
    expect(await client.prove()).toMatchObject({ code });
  });

  test('a long index is not read to its end', async () => {
    const client = await clientAt((response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).write(list.padEnd(200_000));
    }, null);
    expect(await client.prove()).toBeNull();
  });
});

describe('B2: a 404 of another server', () => {
  test.each([
    [
      'pypiserver',
      '<title>Error: 404 Not Found</title><h1>Error: 404 Not Found</h1><pre>Not Found (rye-bread does not exist)</pre>',
    ],
    ['devpi', '404 Not Found\n\nThe project rye-bread does not exist.\n'],
    ['a spelling of its own', 'Project Rye_Bread not found'],
    ['Warehouse', '404 Not Found\n\nThe resource could not be found.\n'],
    ['nothing', ''],
  ])('%s: absent', async (_title, body) => {
    expect(await stateBelow((response) => answer(response, 404, body))).toEqual({ kind: 'absent' });
  });

  test('of something else: unknown', async () => {
    expect(await stateBelow((response) => answer(response, 404, 'No repository by this address'))).toMatchObject({
      kind: 'unknown',
    });
  });

  test('below something that is no index: unknown', async () => {
    expect(await stateBelow((response) => answer(response, 404), '<form></form>')).toMatchObject({
      kind: 'unknown',
      problem: { code: 'NXPYPI_INDEX_UNREADABLE' },
    });
  });

  test('files on another host are its own', async () => {
    const link = `<a href="https://files.example/rye_bread-1.0.tar.gz#sha256=${'a'.repeat(64)}">x</a>`;
    expect(await stateBelow((response) => answer(response, 200, gitlabPage('rye-bread', link)))).toMatchObject({
      kind: 'published',
      versions: [{ text: '1.0' }],
    });
  });
});

test('H1: an index on another origin than the upload gets no credential', async () => {
  const index = await openCounter((_visit, response) => answer(response, 200, gitlabPage('x', '')));
  const target = targetOf({
    kind: 'pypi',
    uploadUrl: 'https://upload.bakery.invalid/',
    indexUrl: `${index.url}/simple/`,
  });
  await (await clientOf(target, credentialFor(target, 'secret-4711'))).readFresh('rye-bread');
  expect(index.visits).toHaveLength(1);
  expect(index.visits[0]?.headers.authorization).toBeUndefined();
});
