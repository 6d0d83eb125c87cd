import type { Request } from 'express';
import { accessTo, seesGroup } from '../auth/access.ts';
import { refuseRest, type RestAction } from '../auth/authorize.ts';
import type { Caller } from '../auth/caller.ts';
import { readCredentials } from '../auth/credentials.ts';
import { identifyOnGroupRest, identifyOnProjectRest } from '../auth/identify.ts';
import type { Gitlab } from '../gitlab.ts';
import { notFound, type Refusal } from '../http/refusal.ts';
import { findGroup, findProject, projectsIn } from '../realm/lookup.ts';
import type { Project } from '../realm/realm.ts';

export type RestOpened =
  /** One project, or those of a group that the caller may read. */
  | { readonly kind: 'opened'; readonly projects: readonly Project[]; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** The project of a REST request, where its caller may do `action` there. */
export function openProject(gitlab: Gitlab, request: Request<{ readonly id: string }>, action: RestAction): RestOpened {
  const identified = identifyOnProjectRest(gitlab.realm, readCredentials(request), { write: action === 'delete' });
  if (identified.kind === 'refused') return withoutChallenge(identified.refusal);
  const project = findProject(gitlab.realm, request.params.id);
  if (project === null) return withoutChallenge(notFound('Project'));
  const refusal = refuseRest(gitlab, project, identified.caller, action);
  return refusal === null
    ? { kind: 'opened', projects: [project], caller: identified.caller }
    : withoutChallenge(refusal);
}

/** The projects of a REST request's group that its caller may read. */
export function openGroup(
  gitlab: Gitlab,
  request: Request<{ readonly id: string }>,
  excludeSubgroups: boolean,
): RestOpened {
  const identified = identifyOnGroupRest(gitlab.realm, readCredentials(request), { write: false });
  if (identified.kind === 'refused') return withoutChallenge(identified.refusal);
  const group = findGroup(gitlab.realm, request.params.id);
  if (group === null || !seesGroup(gitlab.realm, group, identified.caller)) return withoutChallenge(notFound('Group'));
  const readable = projectsIn(gitlab.realm, group, !excludeSubgroups).filter(
    (project) => accessTo(gitlab.realm, project, identified.caller, gitlab.guestsPull).reads,
  );
  return { kind: 'opened', projects: readable, caller: identified.caller };
}

/** Only package-manager routes ask for Basic credentials; REST takes none. */
function withoutChallenge({ status, body }: Refusal): RestOpened {
  return { kind: 'refused', refusal: { status, body } };
}
