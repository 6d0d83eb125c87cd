import { insufficientScope, invalidToken, type Refusal, unauthorized } from '../http/refusal.ts';
import type { AccessToken, PersonalToken, Realm, Token } from '../realm/realm.ts';
import { anonymous, type Caller } from './caller.ts';
import type { Credentials } from './credentials.ts';

/** GitLab's CI template name for the user of a job token; no other name opens the door with one. */
const jobUsername = 'gitlab-ci-token';

export type Identified =
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** `write`: the request changes something, so the scope `read_api` is not enough. */
export interface Demand {
  readonly write: boolean;
}

/**
 * The caller on a PyPI route. Basic takes personal, access and deploy tokens under any user name and job tokens under
 * `gitlab-ci-token` only. An unknown password reads as anonymous; a bad job token or token header is refused at once.
 * The JOB-TOKEN header is not looked at.
 */
export function identifyOnPypi(realm: Realm, credentials: Credentials, demand: Demand): Identified {
  const { basic, bearer, privateToken, deployToken } = credentials;
  if (basic?.username === jobUsername) return runningJob(realm, basic.password);
  if (privateToken !== null) return apiToken(realm, privateToken, demand);
  if (bearer !== null) return bearerToken(realm, bearer, demand);
  const token = findToken(realm, basic?.password ?? deployToken ?? '');
  if (token === null || token.kind === 'job') return asCaller(anonymous);
  if (token.kind === 'deploy') return asCaller({ kind: 'deploy', token });
  return basic === null ? asCaller(anonymous) : apiCaller(realm, token, demand);
}

/** The caller on a project's REST route: token headers, Bearer and job tokens; Basic and deploy tokens count as nothing. */
export function identifyOnProjectRest(realm: Realm, credentials: Credentials, demand: Demand): Identified {
  if (credentials.jobToken !== null) return runningJob(realm, credentials.jobToken);
  if (credentials.privateToken !== null) return apiToken(realm, credentials.privateToken, demand);
  if (credentials.bearer !== null) return bearerToken(realm, credentials.bearer, demand);
  return asCaller(anonymous);
}

/** The caller on a group's REST route, where job tokens count as nothing too. */
export function identifyOnGroupRest(realm: Realm, credentials: Credentials, demand: Demand): Identified {
  const secret = credentials.privateToken ?? credentials.bearer;
  return secret === null ? asCaller(anonymous) : apiToken(realm, secret, demand);
}

function runningJob(realm: Realm, secret: string): Identified {
  const token = findToken(realm, secret);
  if (token?.kind !== 'job' || !token.running) return { kind: 'refused', refusal: unauthorized };
  const user = realm.users.find((one) => one.username === token.username);
  return user === undefined ? { kind: 'refused', refusal: unauthorized } : asCaller({ kind: 'job', user, token });
}

function bearerToken(realm: Realm, secret: string, demand: Demand): Identified {
  return findToken(realm, secret)?.kind === 'job' ? runningJob(realm, secret) : apiToken(realm, secret, demand);
}

function apiToken(realm: Realm, secret: string, demand: Demand): Identified {
  const token = findToken(realm, secret);
  if (token === null || token.kind === 'job' || token.kind === 'deploy') {
    return { kind: 'refused', refusal: unauthorized };
  }
  return apiCaller(realm, token, demand);
}

function apiCaller(realm: Realm, token: PersonalToken | AccessToken, demand: Demand): Identified {
  if (token.state === 'expired' || token.state === 'revoked') {
    return { kind: 'refused', refusal: invalidToken(token.state) };
  }
  const enough = token.scopes.includes('api') || (!demand.write && token.scopes.includes('read_api'));
  if (!enough) return { kind: 'refused', refusal: insufficientScope };
  if (token.kind !== 'personal') {
    const user = { id: 0, username: `${token.kind}_bot` };
    return asCaller({ kind: 'user', user, scopes: token.scopes, bot: { path: token.path, role: token.role } });
  }
  const user = realm.users.find((one) => one.username === token.username);
  if (user === undefined) return { kind: 'refused', refusal: unauthorized };
  return asCaller({ kind: 'user', user, scopes: token.scopes, bot: null });
}

function findToken(realm: Realm, secret: string): Token | null {
  return secret === '' ? null : (realm.tokens.find((token) => token.secret === secret) ?? null);
}

function asCaller(caller: Caller): Identified {
  return { kind: 'caller', caller };
}
