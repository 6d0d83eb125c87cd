import type { Realm } from '../src/index.ts';

/** A private group with a private registry, everyone who may come to it, and places to compare it with. */
export const orchestraRealm: Realm = {
  groups: [
    { id: 7, path: 'orchestra', visibility: 'private' },
    { id: 8, path: 'town', visibility: 'public' },
    { id: 11, path: 'clara', visibility: 'public', kind: 'user' },
  ],
  projects: [
    {
      id: 9,
      path: 'orchestra/registry',
      visibility: 'private',
      jobTokenAllowlist: ['orchestra/strings'],
      protectionRules: [{ namePattern: 'golden-*', minimumPush: 'maintainer', minimumDelete: 'owner' }],
    },
    { id: 10, path: 'orchestra/strings', visibility: 'private' },
    { id: 12, path: 'town/bandstand', visibility: 'public' },
    { id: 13, path: 'town/cellar', visibility: 'private' },
    { id: 14, path: 'town/library', visibility: 'internal' },
    { id: 15, path: 'town/hall', visibility: 'private', anyoneMayPull: true },
    { id: 16, path: 'elsewhere/garage', visibility: 'private' },
  ],
  users: [
    { id: 1, username: 'dora' },
    { id: 2, username: 'max' },
    { id: 3, username: 'gus' },
    { id: 4, username: 'otto' },
    { id: 5, username: 'ada', admin: true },
  ],
  memberships: [
    { username: 'dora', path: 'orchestra', role: 'developer' },
    { username: 'max', path: 'orchestra', role: 'maintainer' },
    { username: 'max', path: 'town', role: 'maintainer' },
    { username: 'dora', path: 'town/bandstand', role: 'developer' },
    { username: 'gus', path: 'orchestra/registry', role: 'guest' },
  ],
  tokens: [
    { kind: 'personal', secret: 'dora-token', username: 'dora', scopes: ['api'] },
    { kind: 'personal', secret: 'dora-reads', username: 'dora', scopes: ['read_api'] },
    { kind: 'personal', secret: 'dora-nothing', username: 'dora', scopes: ['read_user'] },
    { kind: 'personal', secret: 'dora-expired', username: 'dora', scopes: ['api'], state: 'expired' },
    { kind: 'personal', secret: 'dora-revoked', username: 'dora', scopes: ['api'], state: 'revoked' },
    { kind: 'personal', secret: 'max-token', username: 'max', scopes: ['api'] },
    { kind: 'personal', secret: 'gus-token', username: 'gus', scopes: ['api'] },
    { kind: 'personal', secret: 'otto-token', username: 'otto', scopes: ['api'] },
    { kind: 'personal', secret: 'ada-token', username: 'ada', scopes: ['api'] },
    { kind: 'project', secret: 'registry-bot', path: 'orchestra/registry', role: 'maintainer', scopes: ['api'] },
    { kind: 'group', secret: 'orchestra-bot', path: 'orchestra', role: 'developer', scopes: ['api'] },
    { kind: 'deploy', secret: 'deploy-reads', path: 'orchestra/registry', scopes: ['read_package_registry'] },
    { kind: 'deploy', secret: 'deploy-writes', path: 'orchestra', scopes: ['write_package_registry'] },
    job('job-token', 'orchestra/strings', true),
    job('job-finished', 'orchestra/strings', false),
    job('job-elsewhere', 'elsewhere/garage', true),
  ],
};

function job(secret: string, project: string, running: boolean): Realm['tokens'][number] {
  const pipeline = { id: 501, iid: 3, sha: '0ec9e58f'.repeat(5), ref: 'main', source: 'push' };
  return { kind: 'job', secret, username: 'dora', project, running, pipeline };
}
