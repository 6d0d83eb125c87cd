import { createServer, type AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { createHash } from 'node:crypto';
import type { PublishedFile } from '@nx-pypi/release';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RegistryClient } from '../../src/index.ts';
import { isTooSlow } from '../../src/http/patience.ts';
import { bake, clientOf, credentialFor, order, targetOf } from '../bakery.ts';
import { answer, gitlabPage, json, openCounter, type Counter } from '../counter.ts';

/** Silence of this many milliseconds is too long; answers may take three times as much. */
const patienceMs = 300;
const bread = 'a whole loaf of rye bread';
const sha256 = createHash('sha256').update(bread).digest('hex');

/** One byte now and then, without end: never silent for long. */
function drip(response: ServerResponse, byte = ' '): void {
  const timer = setInterval(() => response.write(byte), 20);
  response.once('close', () => clearInterval(timer));
}

function page(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' });
}

async function clientAt({ url }: { readonly url: string }): Promise<RegistryClient> {
  const target = targetOf({ kind: 'gitlab', url, project: 9 });
  return clientOf(target, credentialFor(target, 'glpat-1'), {
    patienceMs,
    retry: { attempts: 2, baseMs: 5, capMs: 5 },
  });
}

function loaf(url: string): PublishedFile {
  return { filename: 'rye_bread-1.0.tar.gz', url, sha256, requiresPython: null, yanked: false, size: null };
}

describe('B1: an answer that drips is given up', () => {
  test.each<[string, (response: ServerResponse) => void]>([
    [
      'a page',
      (response) => {
        page(response);
        drip(response);
      },
    ],
    [
      'a page that unfolds to nothing for long',
      (response) => {
        response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
        const gzip = createGzip();
        gzip.pipe(response);
        const timer = setInterval(() => {
          gzip.write(' ');
          gzip.flush();
        }, 20);
        response.once('close', () => clearInterval(timer));
      },
    ],
    [
      'an error',
      (response) => {
        response.writeHead(404, { 'content-type': 'application/json' });
        drip(response);
      },
    ],
  ])('%s, and not asked for again', async (_title, serve) => {
    const counter = await openCounter((_visit, response) => serve(response));
    const state = await (await clientAt(counter)).readFresh('rye-bread');
    expect(state).toMatchObject({ kind: 'unknown', problem: { code: 'NXPYPI_REGISTRY_TOO_SLOW' } });
    expect(counter.visits).toHaveLength(1);
  });

  test('headers without end', async () => {
    const server = createServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-crumbs: ');
      const timer = setInterval(() => socket.write('.'), 20);
      socket.on('error', () => undefined).once('close', () => clearInterval(timer));
    });
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening);
    });
    onTestFinished(() => void server.close());
    const client = await clientAt({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const state = await client.readFresh('rye-bread');
    expect(state).toMatchObject({ kind: 'unknown', problem: { code: 'NXPYPI_REGISTRY_UNREACHABLE' } });
  });

  test('one that ends in time is read, however long its pauses', async () => {
    const counter = await openCounter((_visit, response) => {
      page(response);
      const [head = '', tail = ''] = gitlabPage('rye-bread', '|').split('|');
      response.write(head);
      setTimeout(() => response.end(tail), 60);
    });
    expect(await (await clientAt(counter)).readFresh('rye-bread')).toMatchObject({ kind: 'published', versions: [] });
  });
});

describe('an upload whose answer drips', () => {
  async function upload(
    shows: (uploads: number) => boolean,
  ): Promise<{ kind: string; counter: Counter; problem?: string }> {
    const artifact = await bake('rye_bread-1.0.tar.gz', bread);
    const counter = await openCounter(({ method, path }, response) => {
      const anchor = `<a href="/api/v4/projects/9/packages/pypi/files/${sha256}/rye_bread-1.0.tar.gz#sha256=${sha256}">x</a>`;
      const uploads = counter.visits.filter((visit) => visit.method === 'POST').length;
      if (method === 'POST') {
        response.writeHead(201, { 'content-type': 'application/json' });
        drip(response);
      } else if (path.includes('/packages?')) json(response, 200, []);
      else if (shows(uploads)) answer(response, 200, gitlabPage('rye-bread', anchor));
      else json(response, 404, { message: '404 Package Not Found' });
    });
    const outcome = await (await clientAt(counter)).upload(order(artifact, 'rye-bread', '1.0'));
    return { kind: outcome.kind, counter, ...('problem' in outcome ? { problem: outcome.problem.code } : {}) };
  }

  test('is settled by the index, which shows the file', async () => {
    const { kind, counter } = await upload((uploads) => uploads > 0);
    expect(kind).toBe('uploaded');
    expect(counter.visits.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('is a problem of the whole run where the index never shows it', async () => {
    const { kind, problem } = await upload(() => false);
    expect({ kind, problem }).toEqual({ kind: 'rejected', problem: 'NXPYPI_REGISTRY_TOO_SLOW' });
  });
});

describe('a file has no time in all, but a pace', () => {
  test('one that drips is given up, and not fetched again', async () => {
    const counter = await openCounter((_visit, response) => {
      response.writeHead(200);
      drip(response);
    });
    const found = await (await clientAt(counter)).download(loaf(`${counter.url}/a`));
    expect(found).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_DOWNLOAD_FAILED' } });
    expect(counter.visits).toHaveLength(1);
  });

  test('one that takes longer than any answer may, and comes steadily, is kept', async () => {
    const pieces = Array.from({ length: 50 }, () => 'crumbs '.repeat(100));
    const whole = createHash('sha256').update(pieces.join('')).digest('hex');
    const counter = await openCounter((_visit, response) => {
      response.writeHead(200);
      const timer = setInterval(() => {
        const piece = pieces.shift();
        if (piece !== undefined) response.write(piece);
        else {
          clearInterval(timer);
          response.end();
        }
      }, 20);
    });
    const found = await (await clientAt(counter)).download({ ...loaf(`${counter.url}/a`), sha256: whole });
    expect(found.kind).toBe('found');
  });

  test.each<[bytes: number, seconds: number, slow: boolean]>([
    [0, 180, false],
    [179_000, 181, true],
    [182_000, 181, false],
    [3_000_000_000, 100_000, false],
  ])('%i bytes after %i s: given up: %s', (bytes, seconds, slow) => {
    expect(isTooSlow(bytes, seconds * 1000, 60_000)).toBe(slow);
  });
});
