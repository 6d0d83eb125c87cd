import type { ApiScope, DeployToken, JobToken, Role, User } from '../realm/realm.ts';

/** Who a request comes from, after its credentials were looked up. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly user: User; readonly scopes: readonly ApiScope[]; readonly bot: Bot | null }
  | { readonly kind: 'job'; readonly user: User; readonly token: JobToken }
  | { readonly kind: 'deploy'; readonly token: DeployToken };

/** The member that a project or group access token stands for. */
interface Bot {
  readonly path: string;
  readonly role: Role;
}

export const anonymous: Caller = { kind: 'anonymous' };
