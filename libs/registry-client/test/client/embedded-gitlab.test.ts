import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import type { UploadRequest } from '@nx-pypi/release';
import { localRealm, startRegistry, type Realm, type RegistryOptions, type RunningRegistry } from 'nx-pypi-registry';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RegistryClient, RegistryClientOptions, RegistryTarget } from '../../src/index.ts';
import { bake, clientOf, credentialFor, order, targetOf, tempFolder, valueOf } from '../bakery.ts';

const baker = 'glpat-baker-4711';
const pipeline = { id: 1, iid: 1, sha: 'f'.repeat(40), ref: 'main', source: 'push' };

/** A private group (7) with the registry project (9) and a project of its own that bakers may not see (10). */
const bakery: Realm = {
  groups: [{ id: 7, path: 'bakery', visibility: 'private' }],
  projects: [
    {
      id: 9,
      path: 'bakery/registry',
      visibility: 'private',
      jobTokenAllowlist: ['bakery/oven'],
      protectionRules: [{ namePattern: 'wedding-*', minimumPush: 'maintainer', minimumDelete: null }],
    },
    { id: 10, path: 'bakery/oven', visibility: 'private' },
    { id: 11, path: 'bakery/stranger', visibility: 'private' },
  ],
  users: [
    { id: 1, username: 'baker' },
    { id: 2, username: 'guest' },
    { id: 3, username: 'outsider' },
  ],
  memberships: [
    { username: 'baker', path: 'bakery', role: 'developer' },
    { username: 'guest', path: 'bakery', role: 'guest' },
  ],
  tokens: [
    { kind: 'personal', secret: baker, username: 'baker', scopes: ['api'] },
    { kind: 'personal', secret: 'glpat-guest', username: 'guest', scopes: ['api'] },
    { kind: 'personal', secret: 'glpat-outsider', username: 'outsider', scopes: ['api'] },
    { kind: 'personal', secret: 'glpat-expired', username: 'baker', scopes: ['api'], state: 'expired' },
    { kind: 'personal', secret: 'glpat-scopeless', username: 'baker', scopes: ['read_repository'] },
    {
      kind: 'deploy',
      secret: 'gldt-writer',
      path: 'bakery',
      scopes: ['read_package_registry', 'write_package_registry'],
    },
    { kind: 'deploy', secret: 'gldt-reader', path: 'bakery', scopes: ['read_package_registry'] },
    {
      kind: 'deploy',
      secret: 'plain-deploy-secret',
      path: 'bakery',
      scopes: ['read_package_registry', 'write_package_registry'],
    },
    { kind: 'deploy', secret: 'gldt-of-project', path: 'bakery/registry', scopes: ['write_package_registry'] },
    { kind: 'job', secret: 'job-oven', username: 'baker', project: 'bakery/oven', running: true, pipeline },
    { kind: 'job', secret: 'job-stranger', username: 'baker', project: 'bakery/stranger', running: true, pipeline },
    { kind: 'job', secret: 'job-finished', username: 'baker', project: 'bakery/oven', running: false, pipeline },
  ],
};

interface Shop {
  readonly registry: RunningRegistry;
  readonly target: RegistryTarget;
  readonly client: RegistryClient;
  readonly enter: (token: string | null, username?: string) => Promise<RegistryClient>;
}

async function openShop(
  options: Partial<RegistryOptions> = {},
  client: Partial<RegistryClientOptions> = {},
): Promise<Shop> {
  const registry = await startRegistry({ storage: await tempFolder(), realm: bakery, ...options });
  onTestFinished(async () => registry.close());
  const target = targetOf({ kind: 'gitlab', url: registry.url, project: 9, group: 7 });
  const enter = async (token: string | null, username?: string): Promise<RegistryClient> =>
    clientOf(target, token === null ? null : credentialFor(target, token, username), client);
  return { registry, target, client: await enter(baker), enter };
}

function uploads(registry: RunningRegistry): number {
  return registry.requests.filter(({ method }) => method === 'POST').length;
}

describe('one release', () => {
  test.each<[string, Partial<RegistryOptions>]>([
    ['as it comes', {}],
    ['below a sub-path', { basePath: '/gitlab' }],
    ['with JSON pages', { features: { pep691: true } }],
    ['with forwarding', { features: { forwarding: true } }],
    ['with downloads from object storage', { features: { objectStorageRedirect: true } }],
    ['under FIPS', { features: { fips: true } }],
  ])('%s: absent, uploaded, verified, read, downloaded', async (_title, options) => {
    const { client } = await openShop(options);
    expect(await client.prove()).toBeNull();
    expect(await client.readFresh('rye-bread')).toEqual({ kind: 'absent' });

    const sdist = await bake('rye_bread-1.0.0.tar.gz', 'rye', [['Requires-Python', '>=3.9']]);
    const wheel = await bake('rye_bread-1.0.0-py3-none-any.whl', 'rye wheel', [['Requires-Python', '>=3.9']]);
    for (const artifact of [sdist, wheel]) {
      expect(await client.upload(order(artifact, 'rye-bread', '1.0.0'))).toEqual({
        kind: 'uploaded',
        filename: artifact.filename,
        sha256: artifact.sha256,
      });
      expect(await client.verify({ ...artifact, name: 'rye-bread' })).toEqual({ kind: 'visible' });
    }

    const state = (await client.read(['rye-bread'])).get('rye-bread');
    if (state?.kind !== 'published') throw new Error(inspect(state));
    const [version] = state.versions;
    expect(version?.files.map(({ filename, sha256, requiresPython }) => [filename, sha256, requiresPython])).toEqual([
      [sdist.filename, sdist.sha256, '>=3.9'],
      [wheel.filename, wheel.sha256, '>=3.9'],
    ]);
    const file = version?.files[0];
    if (file === undefined) throw new Error('no file');
    expect(await readFile(valueOf(await client.download(file)), 'utf8')).toBe('rye');
  });

  test('packages in parallel', async () => {
    const { client, registry } = await openShop();
    const names = Array.from({ length: 25 }, (_, index) => `roll-${index}`);
    const outcomes = await Promise.all(
      names.map(async (name) => {
        const artifact = await bake(`${name.replace('-', '_')}-1.0.tar.gz`, name);
        return client.upload(order(artifact, name, '1.0'));
      }),
    );
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['uploaded']));
    expect(uploads(registry)).toBe(25);
    const states = await client.read(names);
    expect([...states.values()].every(({ kind }) => kind === 'published')).toBe(true);
  });

  test('a local realm: anyone reads, the token uploads', async () => {
    const registry = await startRegistry({ storage: await tempFolder(), realm: localRealm('local') });
    onTestFinished(async () => registry.close());
    const target = targetOf({ kind: 'gitlab', url: registry.url, project: 'local/packages', group: 'local' });
    const client = await clientOf(target, credentialFor(target, 'local'));
    const artifact = await bake('rye_bread-1.0.tar.gz', 'rye');
    expect(await client.prove()).toBeNull();
    expect(await client.upload(order(artifact, 'rye-bread', '1.0'))).toMatchObject({ kind: 'uploaded' });
    expect(await (await clientOf(target, null)).readFresh('rye-bread')).toMatchObject({ kind: 'published' });
  });
});

describe('B3, G2: prove', () => {
  test.each<[string, string, string | undefined, string | null]>([
    ['a developer', baker, undefined, null],
    ['a deploy token', 'gldt-writer', undefined, null],
    ['a deploy token without its prefix', 'plain-deploy-secret', undefined, null],
    ['a job token', 'job-oven', 'gitlab-ci-token', null],
    ['a wrong token', 'glpat-wrong', undefined, 'NXPYPI_UNAUTHORIZED'],
    ['a wrong token without prefix', 'wrong', undefined, 'NXPYPI_UNAUTHORIZED'],
    ['an expired token', 'glpat-expired', undefined, 'NXPYPI_UNAUTHORIZED'],
    ["a finished job's token", 'job-finished', 'gitlab-ci-token', 'NXPYPI_UNAUTHORIZED'],
    ['a job token that is not on the allowlist', 'job-stranger', 'gitlab-ci-token', 'NXPYPI_JOB_TOKEN_NOT_ALLOWED'],
    ['a token without the scope', 'glpat-scopeless', undefined, 'NXPYPI_MISSING_SCOPE'],
    ['a stranger', 'glpat-outsider', undefined, 'NXPYPI_PROJECT_NOT_FOUND'],
  ])('%s', async (_title, token, username, code) => {
    const { enter } = await openShop();
    const client = await enter(token, username);
    const problem = await client.prove();
    expect(problem?.code ?? null).toBe(code);
    expect(inspect(problem)).not.toContain(token);
    const state = await client.readFresh('rye-bread');
    expect(state.kind).toBe(code === null ? 'absent' : 'unknown');
    expect(inspect(state)).not.toContain(token);
    expect(client.notices()).toEqual([]);
  });

  test('no credential', async () => {
    const { enter } = await openShop();
    const client = await enter(null);
    expect(await client.prove()).toMatchObject({ code: 'NXPYPI_NO_CREDENTIAL' });
    expect(await client.readFresh('rye-bread')).toMatchObject({
      kind: 'unknown',
      problem: { code: 'NXPYPI_UNAUTHORIZED' },
    });
  });

  test('a project that does not exist', async () => {
    const { registry } = await openShop();
    const target = targetOf({ kind: 'gitlab', url: registry.url, project: 4711, group: 7 });
    const client = await clientOf(target, credentialFor(target, baker));
    expect(await client.prove()).toMatchObject({ code: 'NXPYPI_PROJECT_NOT_FOUND' });
  });

  test('a public project: REST still refuses a wrong token, a deploy token remains unproven and that is said', async () => {
    const registry = await startRegistry({ storage: await tempFolder(), realm: localRealm('local') });
    onTestFinished(async () => registry.close());
    const target = targetOf({ kind: 'gitlab', url: registry.url, project: 1, group: 1 });
    const wrong = await clientOf(target, credentialFor(target, 'glpat-wrong'));
    expect(await wrong.prove()).toMatchObject({ code: 'NXPYPI_UNAUTHORIZED' });
    const deploy = await clientOf(target, credentialFor(target, 'gldt-any'));
    expect(await deploy.prove()).toBeNull();
    expect(deploy.notices()).toMatchObject([{ code: 'NXPYPI_CREDENTIAL_NOT_PROVEN' }]);
  });

  test('a registry that is down', async () => {
    const { registry, client } = await openShop();
    await registry.close();
    expect(await client.prove()).toMatchObject({ code: 'NXPYPI_REGISTRY_UNREACHABLE' });
  });

  test('a group that is a personal namespace is unknown, and the hint says so', async () => {
    const realm = {
      ...localRealm('local'),
      groups: [{ id: 1, path: 'local', visibility: 'public' as const, kind: 'user' as const }],
    };
    const registry = await startRegistry({ storage: await tempFolder(), realm });
    onTestFinished(async () => registry.close());
    const target = targetOf({ kind: 'gitlab', url: registry.url, project: 1, group: 1 });
    const state = await (await clientOf(target, credentialFor(target, 'local'))).readFresh('rye-bread');
    expect(state).toMatchObject({
      kind: 'unknown',
      problem: { hint: expect.stringContaining('a personal namespace is no group') },
    });
  });
});

test("B3: a project's deploy token cannot read the group, which is not taken for absent", async () => {
  const { enter } = await openShop();
  const client = await enter('gldt-of-project');
  const problem = { code: 'NXPYPI_PROJECT_NOT_FOUND', hint: expect.stringContaining('deploy token') };
  expect(await client.prove()).toMatchObject({ ...problem, where: expect.stringContaining('/groups/7/') });
  expect(await client.readFresh('rye-bread')).toMatchObject({ kind: 'unknown', problem });
});

describe('G4: nothing is overwritten', () => {
  test('the same bytes again are already there, and nothing is sent', async () => {
    const { client, registry } = await openShop();
    const artifact = await bake('rye_bread-1.0.tar.gz', 'rye');
    await client.upload(order(artifact, 'rye-bread', '1.0'));
    expect(await client.upload(order(artifact, 'rye-bread', '1.0'))).toMatchObject({
      kind: 'already-there',
      same: 'bytes',
    });
    expect(uploads(registry)).toBe(1);
  });

  test('other bytes are a conflict, unless their content is the same', async () => {
    const { client, registry } = await openShop();
    const first = await bake('rye_bread-1.0.tar.gz', 'rye');
    const second = await bake('rye_bread-1.0.tar.gz', 'burnt rye');
    await client.upload(order(first, 'rye-bread', '1.0'));
    expect(await client.upload(order(second, 'rye-bread', '1.0'))).toMatchObject({
      kind: 'conflict',
      ours: second.sha256,
      theirs: first.sha256,
      problem: { code: 'NXPYPI_CONFLICT' },
    });
    const asked: string[] = [];
    const outcome = await client.upload(
      order(second, 'rye-bread', '1.0', {
        sameContent: async (theirs) => {
          asked.push(theirs.sha256 ?? '');
          return { kind: 'found', value: true };
        },
      }),
    );
    expect(outcome).toMatchObject({ kind: 'already-there', same: 'content', sha256: first.sha256 });
    expect(asked).toEqual([first.sha256]);
    const problem = { code: 'NXPYPI_X', message: 'm', hint: 'h' };
    const unsure = order(second, 'rye-bread', '1.0', { sameContent: async () => ({ kind: 'problem', problem }) });
    expect(await client.upload(unsure)).toMatchObject({ kind: 'rejected', problem, runWide: false });
    expect(uploads(registry)).toBe(1);
  });

  test('G5: nothing is sent where the index shows a version that makes the plan obsolete, but a file of ours is settled', async () => {
    const { client, registry } = await openShop();
    const newer = await bake('rye_bread-1.1.tar.gz', 'rye with seeds');
    const older = await bake('rye_bread-1.0.tar.gz', 'rye');
    await client.upload(order(newer, 'rye-bread', '1.1'));
    const overtakenBy: UploadRequest['overtakenBy'] = (state) =>
      state.kind === 'published' ? (state.versions.at(-1)?.text ?? null) : null;
    expect(await client.upload(order(older, 'rye-bread', '1.0', { overtakenBy }))).toEqual({
      kind: 'overtaken',
      filename: 'rye_bread-1.0.tar.gz',
      version: '1.1',
    });
    expect(uploads(registry)).toBe(1);
    expect(await client.upload(order(newer, 'rye-bread', '1.1', { overtakenBy }))).toMatchObject({
      kind: 'already-there',
    });
  });

  test.each(['older-errors', 'stale'] as const)('found out by the 400, with %s', async (kind) => {
    const { client, registry } = await openShop();
    registry.faults.arm({ on: { route: 'page' }, effect: { kind: 'stale' }, times: 4 });
    if (kind === 'older-errors') registry.faults.arm({ effect: { kind: 'older-errors' }, times: 9 });
    const first = await bake('rye_bread-1.0.tar.gz', 'rye');
    const second = await bake('rye_bread-1.0.tar.gz', 'burnt rye');
    expect(await client.upload(order(first, 'rye-bread', '1.0'))).toMatchObject({ kind: 'uploaded' });
    expect(await client.upload(order(second, 'rye-bread', '1.0'))).toMatchObject({
      kind: 'conflict',
      theirs: first.sha256,
    });
    expect(uploads(registry)).toBe(2);
  });
});

describe('an upload whose answer was lost', () => {
  test.each<[string, Parameters<RunningRegistry['faults']['arm']>[0]]>([
    ['502 after storing', { on: { route: 'upload' }, effect: { kind: 'status', status: 502, when: 'after-storing' } }],
    ['a connection cut after storing', { on: { route: 'upload' }, effect: { kind: 'cut', when: 'after-storing' } }],
  ])('%s: the look before the next try finds it', async (_title, fault) => {
    const { client, registry } = await openShop();
    registry.faults.arm(fault);
    const artifact = await bake('rye_bread-1.0.tar.gz', 'rye');
    expect(await client.upload(order(artifact, 'rye-bread', '1.0'))).toMatchObject({ kind: 'uploaded' });
    expect(uploads(registry)).toBe(1);
  });

  test.each<[string, Parameters<RunningRegistry['faults']['arm']>[0]]>([
    ['503', { on: { route: 'upload' }, effect: { kind: 'status', status: 503 }, times: 2 }],
    ['a cut connection', { on: { route: 'upload' }, effect: { kind: 'cut' }, times: 2 }],
    ['429', { on: { route: 'upload' }, effect: { kind: 'too-many-requests', retryAfter: 0 }, times: 2 }],
    ['a lost race for a new version', { on: { route: 'upload' }, effect: { kind: 'name-taken' }, times: 2 }],
  ])('%s: sent again', async (_title, fault) => {
    const { client, registry } = await openShop();
    registry.faults.arm(fault);
    const artifact = await bake('rye_bread-1.0.tar.gz', 'rye');
    expect(await client.upload(order(artifact, 'rye-bread', '1.0'))).toMatchObject({ kind: 'uploaded' });
    expect(uploads(registry)).toBe(3);
  });

  test('a registry that keeps failing concerns the whole run', async () => {
    const { client, registry } = await openShop();
    registry.faults.arm({ on: { route: 'upload' }, effect: { kind: 'status', status: 503 }, times: 99 });
    const outcome = await client.upload(order(await bake('rye_bread-1.0.tar.gz', 'rye'), 'rye-bread', '1.0'));
    expect(outcome).toMatchObject({ kind: 'rejected', runWide: true, problem: { code: 'NXPYPI_REGISTRY_ERROR' } });
    expect(uploads(registry)).toBe(4);
  });
});

test('a job token that is not on the allowlist: the bare 404 of a page and of an upload is explained', async () => {
  const { enter } = await openShop();
  const client = await enter('job-stranger', 'gitlab-ci-token');
  const problem = { code: 'NXPYPI_JOB_TOKEN_NOT_ALLOWED', message: expect.stringContaining('bakery/stranger') };
  expect(await client.readFresh('rye-bread')).toMatchObject({ kind: 'unknown', problem });
  const outcome = await client.upload(order(await bake('rye_bread-1.0.tar.gz', 'rye'), 'rye-bread', '1.0'));
  expect(outcome).toMatchObject({ kind: 'rejected', runWide: true, problem });
});

describe('an upload that is refused', () => {
  test.each([
    ['a guest', 'glpat-guest', 'NXPYPI_FORBIDDEN'],
    ['a deploy token that only reads', 'gldt-reader', 'NXPYPI_FORBIDDEN'],
    ['a wrong token', 'glpat-wrong', 'NXPYPI_UNAUTHORIZED'],
    ['a stranger', 'glpat-outsider', 'NXPYPI_PROJECT_NOT_FOUND'],
  ])('%s stops the run', async (_title, token, code) => {
    const { enter } = await openShop();
    const client = await enter(token);
    const outcome = await client.upload(order(await bake('rye_bread-1.0.tar.gz', 'rye'), 'rye-bread', '1.0'));
    expect(outcome).toMatchObject({ kind: 'rejected', runWide: true, problem: { code } });
    expect(inspect(outcome)).not.toContain(token);
  });

  test('a protected package stops alone', async () => {
    const { client } = await openShop();
    const outcome = await client.upload(order(await bake('wedding_cake-1.0.tar.gz', 'cake'), 'wedding-cake', '1.0'));
    expect(outcome).toMatchObject({ kind: 'rejected', runWide: false, problem: { code: 'NXPYPI_PACKAGE_PROTECTED' } });
  });

  test('a file that is too large stops alone', async () => {
    const { client } = await openShop({ features: { maxFileSize: 4 } });
    const outcome = await client.upload(order(await bake('rye_bread-1.0.tar.gz', 'a long loaf'), 'rye-bread', '1.0'));
    expect(outcome).toMatchObject({ kind: 'rejected', runWide: false, problem: { code: 'NXPYPI_FILE_TOO_LARGE' } });
  });

  test('a version that GitLab does not accept stops alone, with its words', async () => {
    const { client } = await openShop();
    const outcome = await client.upload(order(await bake('rye_bread-1.0.tar.gz', 'rye'), 'rye-bread', 'fresh'));
    expect(outcome).toMatchObject({
      kind: 'rejected',
      runWide: false,
      problem: { code: 'NXPYPI_UPLOAD_REFUSED', message: expect.stringContaining('400') },
    });
  });

  test('a file that is not the one that was built', async () => {
    const { client, registry } = await openShop();
    const artifact = { ...(await bake('rye_bread-1.0.tar.gz', 'rye')), sha256: '0'.repeat(64) };
    expect(await client.upload(order(artifact, 'rye-bread', '1.0'))).toMatchObject({
      kind: 'rejected',
      runWide: false,
      problem: { code: 'NXPYPI_ARTIFACT_CHANGED' },
    });
    expect(uploads(registry)).toBe(0);
  });
});

describe('G7: verify', () => {
  test('waits until group and project show the file', async () => {
    const { client, registry } = await openShop();
    const artifact = await bake('rye_bread-1.0.tar.gz', 'rye');
    registry.faults.arm({ on: { route: 'page', path: '/groups/' }, effect: { kind: 'stale' }, times: 2 });
    await client.upload(order(artifact, 'rye-bread', '1.0'));
    expect(await client.verify({ ...artifact, name: 'rye-bread' })).toEqual({ kind: 'visible' });
    expect(registry.faults.armed()).toEqual([]);
  });

  test('gives up at the deadline', async () => {
    const { client } = await openShop({}, { verifyMs: 300 });
    const artifact = await bake('rye_bread-1.0.tar.gz', 'rye');
    expect(await client.verify({ ...artifact, name: 'rye-bread' })).toMatchObject({
      kind: 'timed-out',
      problem: { code: 'NXPYPI_NOT_VISIBLE' },
    });
  });

  test.each<[string, { readonly sha256?: string; readonly size?: number }]>([
    ['another hash', { sha256: 'd'.repeat(64) }],
    ['another length', { size: 4711 }],
  ])('%s is a mismatch', async (_title, overrides) => {
    const { client } = await openShop();
    const artifact = await bake('rye_bread-1.0.tar.gz', 'rye');
    await client.upload(order(artifact, 'rye-bread', '1.0'));
    expect(await client.verify({ ...artifact, ...overrides, name: 'rye-bread' })).toMatchObject({
      kind: 'mismatch',
      problem: { code: 'NXPYPI_VERIFY_MISMATCH' },
    });
  });
});
