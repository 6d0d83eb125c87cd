import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { bake, clientOf, credentialFor, targetOf } from '../bakery.ts';
import { answer, gitlabPage, openCounter, type Visit } from '../counter.ts';

const bread = 'a whole loaf';

async function verify(
  serve: (response: ServerResponse, visit: Visit, turn: number) => void,
  size?: null,
): Promise<unknown> {
  const artifact = await bake('rye_bread-1.0.tar.gz', bread);
  const counter = await openCounter((visit, response, turn) => {
    if (visit.path.includes('/files/')) serve(response, visit, turn);
    else
      answer(
        response,
        200,
        gitlabPage(
          'rye-bread',
          `<a href="/api/v4/projects/9/packages/pypi/files/x/rye_bread-1.0.tar.gz#sha256=${artifact.sha256}">x</a>`,
        ),
      );
  });
  const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9 });
  const client = await clientOf(target, credentialFor(target, 'glpat-x'), { verifyMs: 700 });
  return client.verify({ ...artifact, name: 'rye-bread', size: size === null ? null : artifact.size });
}

describe('G7: the length of the served file', () => {
  test.each<[string, string, (response: ServerResponse, visit: Visit, turn: number) => void]>([
    ['visible', 'by HEAD', (response) => answer(response, 200, bread)],
    ['mismatch', 'by HEAD', (response) => answer(response, 200, 'a slice')],
    [
      'visible',
      'by range, where HEAD is refused',
      (response, { method, headers }) => {
        if (method === 'HEAD') answer(response, 403);
        else answer(response, headers.range === 'bytes=0-0' ? 206 : 500, 'a', { 'content-range': 'bytes 0-0/12' });
      },
    ],
    [
      'mismatch',
      'by range',
      (response, { method }) =>
        answer(response, method === 'HEAD' ? 405 : 206, method === 'HEAD' ? '' : 'a', {
          'content-range': 'bytes 0-0/7',
        }),
    ],
    [
      'visible',
      'by counting, where nothing tells it',
      (response, { method }) => {
        if (method === 'HEAD') answer(response, 404);
        else {
          response.writeHead(200, { 'transfer-encoding': 'chunked' }).write(bread.slice(0, 5));
          response.end(bread.slice(5));
        }
      },
    ],
    [
      'mismatch',
      'by counting no further than planned',
      (response, { method }) => {
        if (method === 'HEAD') answer(response, 404);
        else response.writeHead(200, { 'transfer-encoding': 'chunked' }).write(`${bread} and more`);
      },
    ],
    [
      'visible',
      'once it can be downloaded',
      (response, _visit, turn) => answer(response, turn === 0 ? 404 : 200, bread),
    ],
    ['timed-out', 'of a file that cannot be downloaded', (response) => answer(response, 404)],
  ])('%s, %s', async (kind, _title, serve) => {
    expect(await verify(serve)).toMatchObject({ kind });
  });

  test('visible whatever its length, where other bytes with the same content were there already', async () => {
    expect(await verify((response) => answer(response, 200, 'a slice'), null)).toEqual({ kind: 'visible' });
  });
});
