import { isAtLeast, isWithin, roleAt } from '../realm/lookup.ts';
import type { Group, Project, Realm, Role } from '../realm/realm.ts';
import type { Caller } from './caller.ts';

/** What a caller may do in one project. */
export interface Access {
  /** Sees that the project is there. */
  readonly sees: boolean;
  readonly reads: boolean;
  readonly uploads: boolean;
  readonly deletes: boolean;
  /** The caller's role; null for strangers and deploy tokens. */
  readonly role: Role | null;
  readonly admin: boolean;
}

/** `guestsPull`: GitLab's flag `allow_guest_plus_roles_to_pull_packages`; without it a private project's guest is refused. */
export function accessTo(realm: Realm, project: Project, caller: Caller, guestsPull: boolean): Access {
  if (caller.kind === 'deploy') return deployAccess(project, caller);
  const role = roleOf(realm, project.path, caller);
  const allowed = caller.kind !== 'job' || letsJobIn(project, caller.token.project);
  const effective = allowed ? role : null;
  const sees = isOpenTo(project.visibility, caller) || effective !== null;
  return {
    sees,
    reads: isOpenTo(project.visibility, caller) || isAtLeast(effective, guestsPull ? 'guest' : 'reporter'),
    uploads: isAtLeast(effective, 'developer'),
    deletes: isAtLeast(effective, 'maintainer'),
    role: effective,
    admin: caller.kind === 'user' && caller.user.admin === true,
  };
}

/** True where the caller sees the group: it is open, or the caller is a member of it or of something below or above it. */
export function seesGroup(realm: Realm, group: Group, caller: Caller): boolean {
  if (isOpenTo(group.visibility, caller)) return true;
  if (caller.kind === 'deploy') return isWithin(group.path, caller.token.path);
  if (roleOf(realm, group.path, caller) !== null) return true;
  if (caller.kind === 'anonymous') return false;
  if (caller.kind === 'user' && caller.bot !== null) return isWithin(caller.bot.path, group.path);
  return realm.memberships.some((one) => one.username === caller.user.username && isWithin(one.path, group.path));
}

/** A job of the project itself, or one from its allowlist (GitLab page "CI/CD job token"). */
export function letsJobIn(project: Project, from: string): boolean {
  return isWithin(from, project.path) || (project.jobTokenAllowlist ?? []).some((path) => isWithin(from, path));
}

function deployAccess(project: Project, caller: Caller & { readonly kind: 'deploy' }): Access {
  const own = isWithin(project.path, caller.token.path);
  const writes = own && caller.token.scopes.includes('write_package_registry');
  const reads = writes || (own && caller.token.scopes.includes('read_package_registry'));
  const open = project.visibility === 'public';
  return { sees: open || own, reads: open || reads, uploads: writes, deletes: writes, role: null, admin: false };
}

function roleOf(realm: Realm, path: string, caller: Caller): Role | null {
  if (caller.kind === 'anonymous' || caller.kind === 'deploy') return null;
  if (caller.user.admin === true) return 'owner';
  if (caller.kind === 'user' && caller.bot !== null) {
    return isWithin(path, caller.bot.path) ? caller.bot.role : null;
  }
  return roleAt(realm, caller.user.username, path);
}

function isOpenTo(visibility: Project['visibility'], caller: Caller): boolean {
  if (visibility === 'public') return true;
  return visibility === 'internal' && (caller.kind === 'user' || caller.kind === 'job');
}
