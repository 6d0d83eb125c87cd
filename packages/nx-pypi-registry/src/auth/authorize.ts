import { forbidden, notFound, type Refusal, unauthorized } from '../http/refusal.ts';
import type { Project, Realm } from '../realm/realm.ts';
import { accessTo, letsJobIn } from './access.ts';
import type { Caller } from './caller.ts';

/** What decides besides the realm. */
export interface AccessRules {
  readonly realm: Realm;
  readonly guestsPull: boolean;
}

/** Null where the caller may upload into the project through the PyPI API. */
export function refuseUpload(rules: AccessRules, project: Project, caller: Caller): Refusal | null {
  const access = accessTo(rules.realm, project, caller, rules.guestsPull);
  if (access.uploads) return null;
  if (caller.kind === 'anonymous') return unauthorized;
  return access.sees ? forbidden() : notFound();
}

/** Null where the caller may read the project's index and files through the PyPI API. */
export function refuseRead(rules: AccessRules, project: Project, caller: Caller): Refusal | null {
  const access = accessTo(rules.realm, project, caller, rules.guestsPull);
  if (access.reads || project.anyoneMayPull === true) return null;
  if (caller.kind === 'anonymous') return unauthorized;
  return access.sees ? forbidden() : notFound();
}

export type RestAction = 'read' | 'delete';

/**
 * Null where the caller may do `action` through the REST API. REST says "not found" to everyone who may not know of the
 * project, except to a job that is not on the allowlist, which is told so.
 */
export function refuseRest(rules: AccessRules, project: Project, caller: Caller, action: RestAction): Refusal | null {
  const access = accessTo(rules.realm, project, caller, rules.guestsPull);
  if (!access.sees) {
    if (caller.kind === 'job' && !letsJobIn(project, caller.token.project)) {
      return forbidden(
        `Authentication by CI/CD job token not allowed from ${caller.token.project} to ${project.path}.`,
      );
    }
    return notFound('Project');
  }
  return (action === 'read' ? access.reads : access.deletes) ? null : forbidden();
}
