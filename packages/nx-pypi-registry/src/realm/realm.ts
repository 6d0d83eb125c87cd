/** Who and what a registry knows: plain data, given once at the start. Words and rules are GitLab's. */

/** `internal`: every signed-in user may read. */
export type Visibility = 'public' | 'internal' | 'private';

export type Role = 'guest' | 'reporter' | 'developer' | 'maintainer' | 'owner';

export interface Group {
  readonly id: number;
  /** Full path: `orchestra/strings`. */
  readonly path: string;
  readonly visibility: Visibility;
  /** A `user` namespace has no group endpoints: they answer 404. Default `group`. */
  readonly kind?: 'group' | 'user';
}

export interface Project {
  readonly id: number;
  /** Full path: `orchestra/registry`. */
  readonly path: string;
  readonly visibility: Visibility;
  /** The setting "Allow anyone to pull from package registry"; opens the project's endpoints only, not its group's. */
  readonly anyoneMayPull?: boolean;
  /** Full paths of the projects and groups whose CI jobs may come in. The project itself always may. */
  readonly jobTokenAllowlist?: readonly string[];
  readonly protectionRules?: readonly ProtectionRule[];
}

/** GitLab page "Package protection rules". */
export interface ProtectionRule {
  /** Raw package name, `*` stands for any text. */
  readonly namePattern: string;
  /** Least role that may upload; null: not protected against uploads. */
  readonly minimumPush: 'maintainer' | 'owner' | 'admin' | null;
  /** Least role that may delete; null: not protected against deletion. */
  readonly minimumDelete: 'owner' | 'admin' | null;
}

export interface User {
  readonly id: number;
  readonly username: string;
  readonly admin?: boolean;
}

/** A user's role in a group (and all below it) or in one project. */
export interface Membership {
  readonly username: string;
  /** Full path of the group or project. */
  readonly path: string;
  readonly role: Role;
}

export type ApiScope = 'api' | 'read_api' | 'read_user' | 'read_repository';
export type DeployScope = 'read_package_registry' | 'write_package_registry' | 'read_repository';

export interface PersonalToken {
  readonly kind: 'personal';
  readonly secret: string;
  readonly username: string;
  readonly scopes: readonly ApiScope[];
  /** Default `active`. */
  readonly state?: 'active' | 'expired' | 'revoked';
}

/** A project or group access token: acts as a bot that is a member there. */
export interface AccessToken {
  readonly kind: 'project' | 'group';
  readonly secret: string;
  readonly path: string;
  readonly role: Role;
  readonly scopes: readonly ApiScope[];
  readonly state?: 'active' | 'expired' | 'revoked';
}

export interface DeployToken {
  readonly kind: 'deploy';
  readonly secret: string;
  /** Full path of the project or group that it belongs to. */
  readonly path: string;
  readonly scopes: readonly DeployScope[];
}

/** A CI_JOB_TOKEN: acts as the user who triggered the job. */
export interface JobToken {
  readonly kind: 'job';
  readonly secret: string;
  readonly username: string;
  /** Full path of the project that the job runs in. */
  readonly project: string;
  /** A finished job's token opens nothing. */
  readonly running: boolean;
  readonly pipeline: JobPipeline;
}

export interface JobPipeline {
  readonly id: number;
  readonly iid: number;
  readonly sha: string;
  readonly ref: string;
  /** How the pipeline was started: `push`, `schedule`, `merge_request_event`… */
  readonly source: string;
}

export type Token = PersonalToken | AccessToken | DeployToken | JobToken;

export interface Realm {
  readonly groups: readonly Group[];
  readonly projects: readonly Project[];
  readonly users: readonly User[];
  readonly memberships: readonly Membership[];
  readonly tokens: readonly Token[];
}
