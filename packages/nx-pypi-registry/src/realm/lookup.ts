import type { Group, Project, Realm, Role } from './realm.ts';

const ranks: Readonly<Record<Role, number>> = { guest: 10, reporter: 20, developer: 30, maintainer: 40, owner: 50 };

/** `id` is a number in decimal digits or a full path, percent-decoded. GitLab compares paths without regard to case. */
export function findProject(realm: Realm, id: string): Project | null {
  return realm.projects.find((project) => answersTo(project, id)) ?? null;
}

/** As `findProject`; a user's namespace is not a group. */
export function findGroup(realm: Realm, id: string): Group | null {
  return realm.groups.find((group) => group.kind !== 'user' && answersTo(group, id)) ?? null;
}

/** Projects of the group; with `subgroups`, those of all groups below it too. */
export function projectsIn(realm: Realm, group: Group, subgroups: boolean): readonly Project[] {
  return realm.projects.filter((project) =>
    subgroups ? isWithin(project.path, group.path) : parentOf(project.path) === group.path.toLowerCase(),
  );
}

/** True where `path` is `above`, or lies below it. */
export function isWithin(path: string, above: string): boolean {
  const [inner, outer] = [path.toLowerCase(), above.toLowerCase()];
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** True where `role` is `least` or stands above it; null stands below every role. */
export function isAtLeast(role: Role | null, least: Role): boolean {
  return role !== null && ranks[role] >= ranks[least];
}

/** The user's highest role at `path`, its own memberships and those inherited from the groups above. */
export function roleAt(realm: Realm, username: string, path: string): Role | null {
  let highest: Role | null = null;
  for (const membership of realm.memberships) {
    if (membership.username !== username || !isWithin(path, membership.path)) continue;
    if (highest === null || ranks[membership.role] > ranks[highest]) highest = membership.role;
  }
  return highest;
}

function answersTo(namespace: { readonly id: number; readonly path: string }, id: string): boolean {
  return /^\d+$/.test(id) ? namespace.id === Number(id) : namespace.path.toLowerCase() === id.toLowerCase();
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')).toLowerCase();
}
