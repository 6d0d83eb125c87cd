import { inspect } from 'node:util';
import { localRealm, startRegistry, type Realm, type RegistryOptions } from 'nx-pypi-registry';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createExaminer, lookPublic, type Examiner } from '../../src/index.ts';
import { credentialFor, targetOf, tempFolder } from '../bakery.ts';
import { answer, gitlabPage, openCounter } from '../counter.ts';

const pipeline = { id: 1, iid: 1, sha: 'e'.repeat(40), ref: 'main', source: 'push' };

const realm: Realm = {
  groups: [{ id: 7, path: 'bakery', visibility: 'private' }],
  projects: [
    { id: 9, path: 'bakery/registry', visibility: 'private', jobTokenAllowlist: ['bakery/oven'] },
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
    { kind: 'personal', secret: 'glpat-baker', username: 'baker', scopes: ['api'] },
    { kind: 'personal', secret: 'glpat-reader', username: 'baker', scopes: ['read_api'] },
    { kind: 'personal', secret: 'glpat-guest', username: 'guest', scopes: ['api'] },
    { kind: 'personal', secret: 'glpat-outsider', username: 'outsider', scopes: ['api'] },
    { kind: 'deploy', secret: 'gldt-writer', path: 'bakery', scopes: ['write_package_registry'] },
    { kind: 'deploy', secret: 'gldt-reader', path: 'bakery', scopes: ['read_package_registry'] },
    { kind: 'job', secret: 'job-oven', username: 'baker', project: 'bakery/oven', running: true, pipeline },
    { kind: 'job', secret: 'job-stranger', username: 'baker', project: 'bakery/stranger', running: true, pipeline },
  ],
};

async function examine(
  token: string | null,
  username: string,
  options: Partial<RegistryOptions> = {},
): Promise<Examiner & { readonly stored: () => Promise<unknown> }> {
  const registry = await startRegistry({ storage: await tempFolder(), realm, ...options });
  onTestFinished(async () => registry.close());
  const target = targetOf({ kind: 'gitlab', url: registry.url, project: 9, group: 7 });
  const examiner = createExaminer({
    target,
    credential: token === null ? null : credentialFor(target, token, username),
    cacheDir: await tempFolder(),
    userAgent: 'nx-pypi/0.0.0 (test)',
    retry: { attempts: 2, baseMs: 1, capMs: 1 },
  });
  onTestFinished(async () => examiner.close());
  const headers = { 'PRIVATE-TOKEN': 'glpat-baker' };
  const stored = async (): Promise<unknown> =>
    (await fetch(`${registry.url}/api/v4/projects/9/packages`, { headers })).json();
  return { ...examiner, stored };
}

describe('what a credential may do', () => {
  const any = '__token__';
  test.each<[string, string | null, string, readonly [string, string]]>([
    ['a developer', 'glpat-baker', any, ['granted', 'granted']],
    ['a deploy token that writes', 'gldt-writer', any, ['granted', 'granted']],
    ['a job token on the allowlist', 'job-oven', 'gitlab-ci-token', ['granted', 'granted']],
    ['no credential', null, any, ['NXPYPI_UNAUTHORIZED', 'NXPYPI_NO_CREDENTIAL']],
    ['a wrong token', 'glpat-wrong', any, ['NXPYPI_UNAUTHORIZED', 'NXPYPI_UNAUTHORIZED']],
    ['a token without the scope for writing', 'glpat-reader', any, ['granted', 'NXPYPI_MISSING_SCOPE']],
    ['a deploy token that only reads', 'gldt-reader', any, ['granted', 'NXPYPI_FORBIDDEN']],
    ['a guest, whose role is too low', 'glpat-guest', any, ['granted', 'NXPYPI_FORBIDDEN']],
    [
      'a stranger, who does not find the project',
      'glpat-outsider',
      any,
      ['NXPYPI_PROJECT_NOT_FOUND', 'NXPYPI_PROJECT_NOT_FOUND'],
    ],
    [
      'a job token that is not on the allowlist',
      'job-stranger',
      'gitlab-ci-token',
      ['NXPYPI_JOB_TOKEN_NOT_ALLOWED', 'NXPYPI_JOB_TOKEN_NOT_ALLOWED'],
    ],
  ])('%s', async (_title, token, username, codes) => {
    const examiner = await examine(token, username);
    const found = [await examiner.reading(), await examiner.uploading()];
    expect(found.map((one) => (one.kind === 'refused' ? one.problem.code : one.kind))).toEqual(codes);
    expect(inspect(found, { depth: 9 })).not.toContain(token ?? 'glpat');
    expect(await examiner.stored()).toEqual([]);
  });

  test('where everybody reads, a deploy token is unproven for reading and proven for uploading', async () => {
    const examiner = await examine('gldt-unknown', any, {
      realm: {
        ...localRealm('local'),
        projects: [{ id: 9, path: 'local/packages', visibility: 'public' }],
        groups: [{ id: 7, path: 'local', visibility: 'public' }],
      },
    });
    expect(await examiner.reading()).toMatchObject({ kind: 'unproven' });
    expect(await examiner.uploading()).toMatchObject({ problem: { code: 'NXPYPI_UNAUTHORIZED' } });
  });

  test('a server that stores what cannot be stored is told', async () => {
    const counter = await openCounter((_visit, response) => answer(response, 201));
    const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9 });
    const examiner = createExaminer({
      target,
      credential: credentialFor(target, 'glpat-x'),
      cacheDir: '',
      userAgent: 'test',
    });
    onTestFinished(async () => examiner.close());
    expect(await examiner.uploading()).toMatchObject({ problem: { code: 'NXPYPI_REGISTRY_ERROR' } });
  });

  test('other servers can only be asked by an upload, and are not', async () => {
    const counter = await openCounter((_visit, response) => answer(response, 200, gitlabPage('x', '')));
    const target = targetOf({ kind: 'pypi', uploadUrl: `${counter.url}/`, indexUrl: `${counter.url}/simple/` });
    const examiner = createExaminer({ target, credential: null, cacheDir: '', userAgent: 'test' });
    onTestFinished(async () => examiner.close());
    expect(await examiner.uploading()).toMatchObject({ kind: 'unproven' });
    expect(counter.visits.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('B2: forwarding', () => {
  test('off: both indexes say that the package was not found', async () => {
    const examiner = await examine('glpat-baker', '__token__');
    expect((await examiner.forwarding()).map(({ kind }) => kind)).toEqual(['off', 'off']);
  });

  test('on: the redirect is seen and not followed', async () => {
    const other = await openCounter((_visit, response) => answer(response, 200, gitlabPage('x', '')));
    const examiner = await examine('glpat-baker', '__token__', { features: { forwarding: other.url } });
    const host = new URL(other.url).host;
    expect(await examiner.forwarding()).toMatchObject([
      { kind: 'on', to: host, indexUrl: expect.stringContaining('/projects/9/') },
      { kind: 'on', to: host, indexUrl: expect.stringContaining('/groups/7/') },
    ]);
    expect(other.visits).toEqual([]);
  });

  test.each<[string, number, string]>([
    ['a proxied page', 200, 'on'],
    ['a refusal', 401, 'unknown'],
    ['a redirect to a login page', 302, 'unknown'],
  ])('%s', async (_title, status, kind) => {
    const counter = await openCounter((_visit, response) =>
      answer(response, status, gitlabPage('x', ''), { location: 'https://login.example/sign_in' }),
    );
    const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9 });
    const examiner = createExaminer({ target, credential: null, cacheDir: '', userAgent: 'test' });
    onTestFinished(async () => examiner.close());
    expect(await examiner.forwarding()).toMatchObject([{ kind }]);
  });
});

describe('names in an index of others', () => {
  test('taken, free, and not found out; no credential is sent', async () => {
    const counter = await openCounter((visit, response) => {
      if (visit.path.endsWith('/rye/'))
        answer(response, 200, gitlabPage('rye', '<a href="rye-1.0.tar.gz">rye-1.0.tar.gz</a>'));
      else if (visit.path.endsWith('/oat/')) answer(response, 403, 'no');
      else answer(response, 404, '404 Not Found');
    });
    const looks = await lookPublic(`${counter.url}/simple`, ['rye', 'oat', 'emmer'], { userAgent: 'test' });
    if (looks.kind === 'problem') throw new Error(looks.problem.message);
    expect([...looks.value].map(([name, { kind }]) => [name, kind])).toEqual([
      ['rye', 'taken'],
      ['oat', 'unknown'],
      ['emmer', 'free'],
    ]);
    expect(counter.visits.flatMap(({ headers }) => headers.authorization ?? [])).toEqual([]);
  });

  test('a URL that is none', async () => {
    expect(await lookPublic('the public one', ['rye'], { userAgent: 'test' })).toMatchObject({ kind: 'problem' });
  });
});
