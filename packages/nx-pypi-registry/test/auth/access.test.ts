import { beforeAll, describe, expect, test } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningRegistry, startRegistry } from '../../src/index.ts';
import { orchestraRealm } from '../orchestra-realm.ts';
import { basic, read, rest, start, upload } from '../start.ts';

let registry: RunningRegistry;
let number = 0;

beforeAll(async () => {
  const storage = await mkdtemp(join(tmpdir(), 'nx-pypi-registry-'));
  registry = await startRegistry({ storage, realm: orchestraRealm });
  await upload(registry, { name: 'harp', project: '12' });
  return async () => {
    await registry.close();
    await rm(storage, { recursive: true });
  };
});

const as: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nobody: {},
  developer: basic('dora-token'),
  maintainer: basic('max-token'),
  guest: basic('gus-token'),
  outsider: basic('otto-token'),
  administrator: basic('ada-token'),
  'a wrong token': basic('not-a-token'),
  'an unreadable header': { Authorization: 'Basic ?' },
  'a reading token': basic('dora-reads'),
  'a token without scope': basic('dora-nothing'),
  'an expired token': basic('dora-expired'),
  'a revoked token': basic('dora-revoked'),
  'a project bot': basic('registry-bot'),
  'a group bot': basic('orchestra-bot'),
  'a PRIVATE-TOKEN': { 'PRIVATE-TOKEN': 'dora-token' },
  'a wrong PRIVATE-TOKEN': { 'PRIVATE-TOKEN': 'not-a-token' },
  'a Bearer': { Authorization: 'Bearer dora-token' },
  'a job': basic('job-token', 'gitlab-ci-token'),
  'a job as Bearer': { Authorization: 'Bearer job-token' },
  'a finished job': basic('job-finished', 'gitlab-ci-token'),
  'a job under another name': basic('job-token'),
  'a job elsewhere': basic('job-elsewhere', 'gitlab-ci-token'),
  'a JOB-TOKEN header': { 'JOB-TOKEN': 'job-token' },
  'a reading deploy token': basic('deploy-reads'),
  'a writing deploy token': basic('deploy-writes'),
  'a DEPLOY-TOKEN header': { 'DEPLOY-TOKEN': 'deploy-writes' },
};

describe('the status of uploads to and reads from a private and a public project', () => {
  test.each([
    ['nobody', [401, 401, 401, 200]],
    ['developer', [201, 200, 201, 200]],
    ['maintainer', [201, 200, 201, 200]],
    ['guest', [403, 200, 403, 200]],
    ['outsider', [404, 404, 403, 200]],
    ['administrator', [201, 200, 201, 200]],
    ['a wrong token', [401, 401, 401, 200]],
    ['an unreadable header', [401, 401, 401, 200]],
    ['a reading token', [403, 200, 403, 200]],
    ['a token without scope', [403, 403, 403, 403]],
    ['an expired token', [401, 401, 401, 401]],
    ['a revoked token', [401, 401, 401, 401]],
    ['a project bot', [201, 200, 403, 200]],
    ['a group bot', [201, 200, 403, 200]],
    ['a PRIVATE-TOKEN', [201, 200, 201, 200]],
    ['a wrong PRIVATE-TOKEN', [401, 401, 401, 401]],
    ['a Bearer', [201, 200, 201, 200]],
    ['a job', [201, 200, 403, 200]],
    ['a job as Bearer', [201, 200, 403, 200]],
    ['a finished job', [401, 401, 401, 401]],
    ['a job under another name', [401, 401, 401, 200]],
    ['a job elsewhere', [404, 404, 403, 200]],
    ['a JOB-TOKEN header', [401, 401, 401, 200]],
    ['a reading deploy token', [403, 200, 403, 200]],
    ['a writing deploy token', [201, 200, 403, 200]],
    ['a DEPLOY-TOKEN header', [201, 200, 403, 200]],
  ])('%s: %j', async (who, expected) => {
    const headers = as[who] ?? {};
    number += 1;
    const filename = `harp-${number}.whl`;
    const statuses = [
      (await upload(registry, { name: 'harp', filename, headers })).status,
      (await read(registry, '/projects/9/packages/pypi/simple/', headers)).status,
      (await upload(registry, { name: 'harp', filename, headers, project: '12' })).status,
      (await read(registry, '/projects/12/packages/pypi/simple/harp/', headers)).status,
    ];
    expect(statuses).toEqual(expected);
  });
});

describe('group endpoints', () => {
  const group = '/groups/orchestra/-/packages/pypi/simple/';

  test.each([
    ['nobody', 401],
    ['developer', 200],
    ['guest', 200],
    ['outsider', 404],
    ['a wrong token', 401],
    ['a finished job', 401],
    ['a project bot', 200],
    ['a group bot', 200],
    ['a reading deploy token', 404],
    ['a writing deploy token', 200],
  ])('a private group answers %s with %i', async (who, status) => {
    expect((await read(registry, group, as[who])).status).toBe(status);
  });

  test('the namespace of a user is none', async () => {
    expect((await read(registry, '/groups/clara/-/packages/pypi/simple/')).status).toBe(404);
    expect((await read(registry, '/groups/11/-/packages/pypi/simple/')).status).toBe(404);
  });

  test('an unknown group is not found, with and without credentials', async () => {
    expect((await read(registry, '/groups/99/-/packages/pypi/simple/')).status).toBe(404);
    expect((await read(registry, '/groups/99/-/packages/pypi/simple/', {})).status).toBe(404);
  });
});

describe('settings of a project', () => {
  test('internal: every signed-in user reads, nobody else', async () => {
    const path = '/projects/town%2Flibrary/packages/pypi/simple/';
    const statuses = ['nobody', 'outsider', 'a job'].map(async (who) => (await read(registry, path, as[who])).status);
    expect(await Promise.all(statuses)).toEqual([401, 200, 200]);
  });

  test('"allow anyone to pull" opens the project, not its group', async () => {
    await upload(registry, { name: 'gong', project: '15', headers: basic('max-token') });
    expect((await read(registry, '/projects/15/packages/pypi/simple/gong/', {})).status).toBe(200);
    expect((await read(registry, '/groups/town/-/packages/pypi/simple/gong/', {})).status).toBe(404);
    expect((await read(registry, '/groups/town/-/packages/pypi/simple/gong/', basic('max-token'))).status).toBe(200);
  });

  test('without the flag for guests, a guest may not read', async () => {
    const strict = await start({ features: { guestsPull: false } });
    expect((await read(strict, '/projects/9/packages/pypi/simple/', as['guest'])).status).toBe(403);
  });

  test.each([
    ['developer', 403],
    ['a job', 403],
    ['a writing deploy token', 403],
    ['maintainer', 201],
    ['a project bot', 201],
    ['administrator', 201],
  ])('a protected name answers %s with %i', async (who, status) => {
    number += 1;
    const filename = `golden-${number}.whl`;
    const response = await upload(registry, { name: 'golden-harp', filename, headers: as[who] ?? {} });
    expect(response.status).toBe(status);
  });
});

describe('REST', () => {
  const list = '/projects/9/packages';

  test.each([
    ['nobody', 404],
    ['developer', 404],
    ['a PRIVATE-TOKEN', 200],
    ['a Bearer', 200],
    ['a wrong PRIVATE-TOKEN', 401],
    ['a job', 404],
    ['a JOB-TOKEN header', 200],
    ['a job as Bearer', 200],
    ['a writing deploy token', 404],
    ['a DEPLOY-TOKEN header', 404],
  ])('of a private project answers %s with %i: it takes no Basic and no deploy tokens', async (who, status) => {
    expect((await read(registry, list, as[who])).status).toBe(status);
  });

  test('takes tokens from the query, and the log does not keep them', async () => {
    expect((await read(registry, `${list}?job_token=job-token`, {})).status).toBe(200);
    expect((await read(registry, `${list}?per_page=1&private_token=dora-token`, {})).status).toBe(200);
    expect(registry.requests.at(-1)?.path).toBe(`/api/v4${list}?per_page=1&private_token=[removed]`);
  });

  test('of a group takes no job tokens', async () => {
    expect((await read(registry, '/groups/7/packages', { 'JOB-TOKEN': 'job-token' })).status).toBe(404);
    expect((await read(registry, '/groups/7/packages', { Authorization: 'Bearer job-token' })).status).toBe(401);
    expect((await rest(registry, '/groups/7/packages')).status).toBe(200);
  });

  test('says what a token lacks', async () => {
    const lacks = await rest(registry, list, 'dora-nothing');
    expect([lacks.status, await lacks.json()]).toMatchObject([403, { error: 'insufficient_scope', scope: 'api' }]);
    const expired = await rest(registry, list, 'dora-expired');
    expect([expired.status, await expired.json()]).toMatchObject([401, { error: 'invalid_token' }]);
    expect(expired.headers.get('www-authenticate')).toBeNull();
  });
});
