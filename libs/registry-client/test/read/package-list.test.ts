import type { ServerResponse } from 'node:http';
import { startRegistry, type Realm } from 'nx-pypi-registry';
import type { RegistryState } from '@nx-pypi/release';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clientOf, credentialFor, targetOf, tempFolder } from '../bakery.ts';
import { answer, gitlabPage, json, openCounter, type Counter } from '../counter.ts';

const baker = 'glpat-baker-4711';
const names = Array.from({ length: 40 }, (_, number) => `bun-${number}`);
const hash = 'a'.repeat(64);

interface Bakery {
  /** Versions in the project, by name; also what the list says, unless `list` is given. */
  readonly project: (name: string) => readonly string[];
  /** Versions on the group's page; the project's, if nothing is said. */
  readonly group?: (name: string) => readonly string[];
  readonly list?: (response: ServerResponse, page: number) => void;
  readonly page?: (response: ServerResponse, name: string) => void;
}

/** A GitLab whose list, project and group need not agree. */
async function openBakery({ project, group = project, list, page }: Bakery): Promise<Counter> {
  const rows = names.flatMap((name) => project(name).map((version) => ({ name: name.replace('-', '_'), version })));
  return openCounter(({ path }, response) => {
    const url = new URL(path, 'http://bakery');
    const name = url.pathname.split('/').at(-2) ?? '';
    if (url.pathname.endsWith('/packages')) {
      const number = Number(url.searchParams.get('page'));
      if (list === undefined) listed(response, rows, number);
      else list(response, number);
    } else if (path.startsWith('/api/v4/projects/') && page !== undefined) page(response, name);
    else shown(response, name, path.includes('/groups/') ? group(name) : project(name));
  });
}

function listed(response: ServerResponse, rows: readonly object[], page: number, total = String(rows.length)): void {
  const items = rows.map((row, index) => ({ id: index + 1, package_type: 'pypi', ...row }));
  const headers = { 'content-type': 'application/json', ...(total === '' ? {} : { 'x-total': total }) };
  answer(response, 200, JSON.stringify(items.slice((page - 1) * 100, page * 100)), headers);
}

function shown(response: ServerResponse, name: string, versions: readonly string[]): void {
  if (versions.length === 0) {
    json(response, 404, { message: '404 Package Not Found' });
    return;
  }
  const files = versions.map((version) => `${name.replace('-', '_')}-${version}.tar.gz`);
  const anchors = files.map(
    (file) => `<a href="/api/v4/groups/7/-/packages/pypi/files/${hash}/${file}#sha256=${hash}">x</a>`,
  );
  answer(response, 200, gitlabPage(name, anchors.join('')));
}

async function read({ url }: Counter, secret = baker): Promise<ReadonlyMap<string, RegistryState>> {
  const target = targetOf({ kind: 'gitlab', url, project: 9, group: 7 });
  const client = await clientOf(target, credentialFor(target, secret));
  return client.read(names);
}

function asked({ visits }: Counter, part: string): number {
  return visits.filter(({ path }) => path.includes(part)).length;
}

function versionsOf(state: RegistryState | undefined): unknown {
  return state?.kind === 'published' ? state.versions.map(({ text }) => text) : state;
}

const list = '/projects/9/packages?';
const projectPages = '/projects/9/packages/pypi/simple/';
const groupPages = '/groups/7/-/packages/pypi/simple/';

describe("B3: the project's complete list spares its page", () => {
  test('of every package whose group page shows all that is listed, but the first', async () => {
    const counter = await openBakery({ project: () => ['1.0.0', '1.1.0'] });
    const states = await read(counter);
    expect([...states.values()].map(versionsOf)).toEqual(names.map(() => ['1.0.0', '1.1.0']));
    expect([asked(counter, list), asked(counter, projectPages), asked(counter, groupPages)]).toEqual([1, 1, 40]);
  });

  test('not of one whose group page lacks a version: what either shows counts', async () => {
    const stale = (name: string): readonly string[] => (name === 'bun-7' ? ['1.0.0'] : ['1.0.0', '1.1.0']);
    const counter = await openBakery({ project: () => ['1.0.0', '1.1.0'], group: stale });
    const states = await read(counter);
    expect(versionsOf(states.get('bun-7'))).toEqual(['1.0.0', '1.1.0']);
    expect(asked(counter, `${projectPages}bun-7/`)).toBe(1);
    expect(asked(counter, projectPages)).toBe(2);
  });

  test('not of one that the list does not hold: the group may show what the project has not', async () => {
    const counter = await openBakery({
      project: (name) => (name === 'bun-7' ? [] : ['1.0.0']),
      group: () => ['1.0.0'],
    });
    expect(versionsOf((await read(counter)).get('bun-7'))).toEqual(['1.0.0']);
    expect(asked(counter, `${projectPages}bun-7/`)).toBe(1);
  });
});

describe('B2: the list is never a reason for absent', () => {
  const absentOne = (name: string): readonly string[] => (name === 'bun-7' ? [] : ['1.0.0']);

  test('what it does not hold is absent by both indexes', async () => {
    const counter = await openBakery({ project: absentOne });
    expect((await read(counter)).get('bun-7')).toEqual({ kind: 'absent' });
    expect([asked(counter, `${projectPages}bun-7/`), asked(counter, `${groupPages}bun-7/`)]).toEqual([1, 1]);
  });

  test('B1: and unknown where one of them could not be asked', async () => {
    const page = (response: ServerResponse, name: string): void =>
      name === 'bun-7' ? json(response, 403, { message: '403 Forbidden' }) : shown(response, name, ['1.0.0']);
    const counter = await openBakery({ project: absentOne, page });
    expect((await read(counter)).get('bun-7')).toMatchObject({ kind: 'unknown' });
  });
});

describe('a list that is not surely complete is not used', () => {
  const rows = names.map((name) => ({ name, version: '1.0.0' }));
  const hundreds = Array.from({ length: 1001 }, (_, number) => ({ name: 'bun-0', version: `1.0.${number}` }));
  test.each<[string, Bakery['list'], number]>([
    ['401', (response) => json(response, 401, { message: '401 Unauthorized' }), 1],
    ['403', (response) => json(response, 403, { message: '403 Forbidden' }), 1],
    ['404', (response) => json(response, 404, { message: '404 Project Not Found' }), 1],
    ['500, which is not tried again', (response) => answer(response, 500), 1],
    ['no JSON', (response) => answer(response, 200, '<html>', { 'x-total': '1' }), 1],
    ['rows of another kind', (response) => listed(response, [{ name: 'bun-1' }], 1), 1],
    ['no total, as above 10,000 rows', (response) => listed(response, rows, 1, ''), 1],
    ['fewer rows than the total', (response) => listed(response, rows.slice(1), 1, '40'), 1],
    ['more pages than it saves requests', (response, page) => listed(response, hundreds, page), 1],
    [
      'a page that is missing',
      (response, page) => (page === 2 ? answer(response, 502) : listed(response, hundreds.slice(0, 201), page)),
      3,
    ],
    [
      'a row that moved to the next page',
      (response, page) =>
        page === 2 ? listed(response, hundreds.slice(0, 101), 1, '101') : listed(response, hundreds.slice(0, 101), 1),
      2,
    ],
  ])('%s', async (_title, serve, lists) => {
    const counter = await openBakery({ project: () => ['1.0.0'], ...(serve === undefined ? {} : { list: serve }) });
    const states = await read(counter);
    expect([...states.values()].map(versionsOf)).toEqual(names.map(() => ['1.0.0']));
    expect([asked(counter, list), asked(counter, projectPages), asked(counter, groupPages)]).toEqual([lists, 40, 40]);
  });

  test('one that does not come is not waited for longer than pages take', async () => {
    const counter = await openBakery({ project: () => ['1.0.0'], list: () => undefined });
    const states = await read(counter);
    expect([...states.values()].map(versionsOf)).toEqual(names.map(() => ['1.0.0']));
    expect([asked(counter, list), asked(counter, projectPages), asked(counter, groupPages)]).toEqual([1, 40, 40]);
  });

  test('what it announces is the limit of the REST API, and holds no page back', async () => {
    const spent = { 'ratelimit-limit': '1', 'ratelimit-remaining': '0', 'ratelimit-reset': '9999999999' };
    const counter = await openBakery({
      project: () => ['1.0.0'],
      list: (response) => answer(response, 200, '[]', { 'x-total': '0', ...spent }),
    });
    expect((await read(counter)).size).toBe(40);
  });

  test('a few packages are read without it', async () => {
    const counter = await openBakery({ project: () => ['1.0.0'] });
    const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9, group: 7 });
    const client = await clientOf(target, credentialFor(target, baker));
    await client.read(names.slice(0, 10));
    expect([asked(counter, list), asked(counter, projectPages)]).toEqual([0, 10]);
  });
});

describe('against the embedded registry', () => {
  const pipeline = { id: 1, iid: 1, sha: 'f'.repeat(40), ref: 'main', source: 'push' };
  const realm: Realm = {
    groups: [{ id: 7, path: 'bakery', visibility: 'private' }],
    projects: [{ id: 9, path: 'bakery/registry', visibility: 'private' }],
    users: [{ id: 1, username: 'baker' }],
    memberships: [{ username: 'baker', path: 'bakery', role: 'developer' }],
    tokens: [
      { kind: 'personal', secret: baker, username: 'baker', scopes: ['api'] },
      { kind: 'job', secret: 'job-oven', username: 'baker', project: 'bakery/registry', running: true, pipeline },
      { kind: 'deploy', secret: 'gldt-reader', path: 'bakery', scopes: ['read_package_registry'] },
    ],
  };

  async function upload(url: string, name: string): Promise<void> {
    const form = new FormData();
    const fields = { name, version: '1.0.0', requires_python: '', sha256_digest: hash };
    for (const [key, value] of Object.entries(fields)) form.append(key, value);
    form.append('content', new Blob([name]), `${name.replace('-', '_')}-1.0.0.tar.gz`);
    const headers = { authorization: `Basic ${btoa(`x:${baker}`)}` };
    const { status } = await fetch(`${url}/api/v4/projects/9/packages/pypi`, { method: 'POST', headers, body: form });
    expect(status).toBe(201);
  }

  test('a person and a job save half of the requests, a deploy token none, and they see the same', async () => {
    const registry = await startRegistry({ storage: await tempFolder(), realm });
    onTestFinished(async () => registry.close());
    await Promise.all(names.map(async (name) => upload(registry.url, name)));
    const target = targetOf({ kind: 'gitlab', url: registry.url, project: 9, group: 7 });
    const seen = [];
    for (const [secret, username] of [[baker], ['job-oven', 'gitlab-ci-token'], ['gldt-reader']] as const) {
      const client = await clientOf(target, credentialFor(target, secret, username));
      const before = registry.requests.length;
      const states = [...(await client.read(names)).values()].map(versionsOf);
      seen.push({ states, requests: registry.requests.length - before });
    }
    expect(seen.map(({ states }) => states)).toEqual(seen.map(() => names.map(() => ['1.0.0'])));
    expect(seen.map(({ requests }) => requests)).toEqual([42, 42, 81]);
  });
});
