import type { Realm } from './realm.ts';

/**
 * The realm of a registry on one's own machine: a public group `local` (id 1) with the project `local/packages` (id 1).
 * Anyone may read. Uploads need `token`, the personal token of a maintainer.
 */
export function localRealm(token: string): Realm {
  return {
    groups: [{ id: 1, path: 'local', visibility: 'public' }],
    projects: [{ id: 1, path: 'local/packages', visibility: 'public' }],
    users: [{ id: 1, username: 'local' }],
    memberships: [{ username: 'local', path: 'local', role: 'maintainer' }],
    tokens: [{ kind: 'personal', secret: token, username: 'local', scopes: ['api'] }],
  };
}
