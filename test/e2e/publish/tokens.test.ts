import { temporaryFolder } from '@nx-pypi/testkit';
import { startRegistry, type JobToken, type Realm, type RegistryOptions, type RunningRegistry } from 'nx-pypi-registry';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStage, outcomesOf, perform, type Performance } from './theatre.ts';

/** A private registry project in a private group, and everybody who may publish to it, or thinks so. */
const REALM: Realm = {
  groups: [{ id: 7, path: 'opera', visibility: 'private' }],
  projects: [
    {
      id: 9,
      path: 'opera/registry',
      visibility: 'private',
      jobTokenAllowlist: ['opera/stage'],
      protectionRules: [{ namePattern: 'opera-gold*', minimumPush: 'maintainer', minimumDelete: 'owner' }],
    },
    { id: 10, path: 'opera/stage', visibility: 'private' },
    { id: 11, path: 'street/singers', visibility: 'private' },
  ],
  users: [
    { id: 1, username: 'dora' },
    { id: 2, username: 'gus' },
    { id: 3, username: 'otto' },
  ],
  memberships: [
    { username: 'dora', path: 'opera', role: 'developer' },
    { username: 'gus', path: 'opera', role: 'reporter' },
    { username: 'otto', path: 'street/singers', role: 'owner' },
  ],
  tokens: [
    { kind: 'personal', secret: 'personal-token-of-dora', username: 'dora', scopes: ['api'] },
    { kind: 'personal', secret: 'reading-token-of-dora', username: 'dora', scopes: ['read_api'] },
    { kind: 'personal', secret: 'expired-token-of-dora', username: 'dora', scopes: ['api'], state: 'expired' },
    { kind: 'personal', secret: 'personal-token-of-gus', username: 'gus', scopes: ['api'] },
    { kind: 'personal', secret: 'personal-token-of-otto', username: 'otto', scopes: ['api'] },
    { kind: 'project', secret: 'token-of-the-project', path: 'opera/registry', role: 'developer', scopes: ['api'] },
    { kind: 'group', secret: 'token-of-the-group', path: 'opera', role: 'maintainer', scopes: ['api'] },
    { kind: 'deploy', secret: 'deploy-token', path: 'opera', scopes: ['write_package_registry'] },
    job('job-token-of-the-stage', 'opera/stage', true),
    job('job-token-of-yesterday', 'opera/stage', false),
    job('job-token-of-the-street', 'street/singers', true),
  ],
};

function job(secret: string, project: string, running: boolean): JobToken {
  const pipeline = { id: 501, iid: 3, sha: '0ec9e58f'.repeat(5), ref: 'main', source: 'push' };
  return { kind: 'job', secret, username: 'dora', project, running, pipeline };
}

type Login = Readonly<Record<string, string>>;

function token(secret: string, username = ''): Login {
  return { NX_PYPI_TOKEN: secret, NX_PYPI_USERNAME: username };
}

function jobToken(secret: string, registry: RunningRegistry): Login {
  return { NX_PYPI_URL: '', NX_PYPI_TOKEN: '', CI_JOB_TOKEN: secret, CI_SERVER_URL: registry.url };
}

async function openOpera(names: readonly string[], options: Partial<RegistryOptions> = {}) {
  const registry = await startRegistry({ storage: await temporaryFolder(), realm: REALM, ...options });
  onTestFinished(() => registry.close());
  const { root } = await openStage(
    names.map((name) => ({ name })),
    registry,
  );
  const gitlab = { url: registry.url, project: 'opera/registry', group: 'opera' };
  const publish = (env: Login, more: Partial<Performance> = {}) =>
    perform({ root, registry, env, options: { registry: gitlab }, ...more });
  return { registry, publish };
}

const DUO = ['opera-score', 'opera-cast'];

describe('every token that may publish does, and a second run finds nothing to do', () => {
  it.each<[string, (registry: RunningRegistry) => Login]>([
    ['a personal access token', () => token('personal-token-of-dora')],
    ['a project access token', () => token('token-of-the-project')],
    ['a group access token', () => token('token-of-the-group')],
    ['a deploy token of the group', () => token('deploy-token', 'gitlab+deploy-token-1')],
    ['the job token of a project on the allowlist', (registry) => jobToken('job-token-of-the-stage', registry)],
  ])('%s', async (_title, login) => {
    const { registry, publish } = await openOpera(DUO);
    expect(outcomesOf(await publish(login(registry)))).toEqual({
      'opera-cast': 'published 1.0.0',
      'opera-score': 'published 1.0.0',
    });
    expect(outcomesOf(await publish(login(registry)))).toEqual({
      'opera-cast': 'unchanged 1.0.0',
      'opera-score': 'unchanged 1.0.0',
    });
  });
});

describe('G2: a credential that may not is one clear error, before anything is sent', () => {
  it.each<[string, (registry: RunningRegistry) => Login, string]>([
    ['an unknown token', () => token('nobody'), 'NXPYPI_UNAUTHORIZED'],
    ['an expired token', () => token('expired-token-of-dora'), 'NXPYPI_UNAUTHORIZED'],
    ['a token that may only read', () => token('reading-token-of-dora'), 'NXPYPI_MISSING_SCOPE'],
    ['a person without the role', () => token('personal-token-of-gus'), 'NXPYPI_FORBIDDEN'],
    ['a person of another project', () => token('personal-token-of-otto'), 'NXPYPI_PROJECT_NOT_FOUND'],
    ['the job token of a job that has ended', (url) => jobToken('job-token-of-yesterday', url), 'NXPYPI_UNAUTHORIZED'],
    [
      'the job token of a project that is not on the allowlist',
      (url) => jobToken('job-token-of-the-street', url),
      'NXPYPI_JOB_TOKEN_NOT_ALLOWED',
    ],
  ])('%s', async (_title, login, code) => {
    const { registry, publish } = await openOpera(DUO);
    const report = await publish(login(registry));
    const told = report.results.flatMap(({ outcome }) => (outcome.kind === 'failed' ? outcome.problems : []));
    expect(new Set(told.map((problem) => problem.code))).toEqual(new Set([code]));
    expect(new Set(told.map((problem) => problem.message)).size).toBe(1);
    expect(JSON.stringify(report)).not.toContain(login(registry)['NX_PYPI_TOKEN'] || 'job-token-of');
    expect(registry.requests.filter(({ status }) => status === 201)).toEqual([]);
  });
});

describe('what concerns one package leaves the others alone', () => {
  it('a protected package', async () => {
    const { publish } = await openOpera(['opera-gold', 'opera-score']);
    const report = await publish(token('personal-token-of-dora'));
    expect(outcomesOf(report)).toEqual({
      'opera-gold': 'failed NXPYPI_PACKAGE_PROTECTED',
      'opera-score': 'published 1.0.0',
    });
    expect(outcomesOf(await publish(token('token-of-the-group')))).toMatchObject({ 'opera-gold': 'published 1.0.0' });
  });

  it('a file that is too large', async () => {
    const { publish } = await openOpera(['opera-score'], { features: { maxFileSize: 100 } });
    expect(outcomesOf(await publish(token('personal-token-of-dora')))).toEqual({
      'opera-score': 'failed NXPYPI_FILE_TOO_LARGE',
    });
  });
});
