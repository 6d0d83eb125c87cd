import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { localRealm, startRegistry } from 'nx-pypi-registry';
import { describe, expect, onTestFinished, test } from 'vitest';
import { announcedRate } from '../../src/http/announced-rate.ts';
import { clientOf, credentialFor, targetOf, tempFolder } from '../bakery.ts';
import { gitlabPage } from '../counter.ts';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, number) => `bun-${number}`);

interface Crowd {
  readonly url: string;
  readonly connections: () => number;
  readonly mostAtOnce: () => number;
}

/** A server that takes its time, so that requests pile up, and counts. */
async function openCrowd(): Promise<Crowd> {
  let connections = 0;
  let running = 0;
  let most = 0;
  const server = createServer((request, response) => {
    running += 1;
    most = Math.max(most, running);
    setTimeout(() => {
      running -= 1;
      const name = (request.url ?? '').split('/').at(-2) ?? '';
      const file = `${name.replace('-', '_')}-1.0.tar.gz`;
      const anchor = `<a href="/api/v4/projects/9/packages/pypi/files/${'a'.repeat(64)}/${file}#sha256=${'a'.repeat(64)}">${file}</a>`;
      response.writeHead(200, { 'content-type': 'text/html' }).end(gitlabPage(name, anchor));
    }, 10);
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, connections: () => connections, mostAtOnce: () => most };
}

describe('hundreds of packages', () => {
  test.each([undefined, 200])(
    'over no more than 64 connections, each used many times; asked for: %j',
    async (asked) => {
      const crowd = await openCrowd();
      const target = targetOf({ kind: 'gitlab', url: crowd.url, project: 9, group: 7 });
      const more = asked === undefined ? {} : { connections: asked, concurrency: asked };
      const client = await clientOf(target, null, more);
      const states = await client.read(names(400));
      expect([...states.values()].filter(({ kind }) => kind === 'published')).toHaveLength(400);
      expect(crowd.connections()).toBeLessThanOrEqual(64);
      expect(crowd.mostAtOnce()).toBeLessThanOrEqual(64);
      expect(crowd.mostAtOnce()).toBeGreaterThan(32);
    },
  );
});

describe('the rate of the server', () => {
  test('what is announced is never exceeded: not one request is refused', async () => {
    const rateLimit = { requests: 60, seconds: 1, announced: true };
    const registry = await startRegistry({
      storage: await tempFolder(),
      realm: localRealm('oven'),
      faults: { rateLimit },
    });
    onTestFinished(async () => registry.close());
    const target = targetOf({ kind: 'gitlab', url: registry.url, project: 1, group: 1 });
    const client = await clientOf(target, credentialFor(target, 'oven'));
    const states = await client.read(names(100));
    expect([...states.values()].every(({ kind }) => kind === 'absent')).toBe(true);
    expect(registry.requests.length).toBeGreaterThanOrEqual(200);
    expect(registry.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('what is not announced costs refusals, and no package', async () => {
    const rateLimit = { requests: 60, seconds: 1 };
    const registry = await startRegistry({
      storage: await tempFolder(),
      realm: localRealm('oven'),
      faults: { rateLimit },
    });
    onTestFinished(async () => registry.close());
    const target = targetOf({ kind: 'gitlab', url: registry.url, project: 1, group: 1 });
    const client = await clientOf(target, credentialFor(target, 'oven'));
    const states = await client.read(names(50));
    expect([...states.values()].every(({ kind }) => kind === 'absent')).toBe(true);
  });

  const headers = { 'ratelimit-limit': '60', 'ratelimit-remaining': '7', 'ratelimit-reset': '1700000010' };
  test.each<[string, Readonly<Record<string, string>>, object | null]>([
    [
      'by the clock of the server',
      { ...headers, date: 'Tue, 14 Nov 2023 22:13:28 GMT' },
      { limit: 60, remaining: 7, resetMs: 2000 },
    ],
    ['without its clock, by ours', headers, { limit: 60, remaining: 7, resetMs: 10_000 }],
    ['a window that has ended', { ...headers, 'ratelimit-reset': '1' }, { limit: 60, remaining: 7, resetMs: 0 }],
    ['half of it', { 'ratelimit-limit': '60' }, null],
    ['words', { ...headers, 'ratelimit-remaining': 'few' }, null],
    ['nothing', {}, null],
  ])('%s', (_title, given, rate) => {
    expect(announcedRate((name) => given[name], 1_700_000_000_000)).toEqual(rate);
  });
});
