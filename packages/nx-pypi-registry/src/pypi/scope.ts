import type { Request } from 'express';
import { accessTo, seesGroup } from '../auth/access.ts';
import { refuseRead } from '../auth/authorize.ts';
import type { Caller } from '../auth/caller.ts';
import { readCredentials } from '../auth/credentials.ts';
import { identifyOnPypi } from '../auth/identify.ts';
import type { Gitlab } from '../gitlab.ts';
import { notFound, type Refusal, unauthorized } from '../http/refusal.ts';
import { findGroup, findProject, projectsIn } from '../realm/lookup.ts';
import type { PackageRow } from '../storage/catalog.ts';

export type ScopeKind = 'projects' | 'groups';

/** The part of the registry that a read goes to, as far as its caller may see it. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly id: number;
  readonly projectIds: ReadonlySet<number>;
  /** Last part of the path. */
  readonly name: string;
  /** All visible package rows, oldest first. */
  readonly rows: () => readonly PackageRow[];
  /** Those of one normalised name. */
  readonly rowsNamed: (normalized: string) => readonly PackageRow[];
}

export type Opened =
  | { readonly kind: 'opened'; readonly scope: Scope }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Looks up the project or group of a read request and checks that its caller may read there. */
export function openScope(gitlab: Gitlab, kind: ScopeKind, request: Request<{ readonly id: string }>): Opened {
  const identified = identifyOnPypi(gitlab.realm, readCredentials(request), { write: false });
  if (identified.kind === 'refused') return identified;
  return kind === 'projects'
    ? openProject(gitlab, request.params.id, identified.caller)
    : openGroup(gitlab, request.params.id, identified.caller);
}

function openProject(gitlab: Gitlab, id: string, caller: Caller): Opened {
  const project = findProject(gitlab.realm, id);
  const refusal = project === null ? notFound() : refuseRead(gitlab, project, caller);
  if (project === null || refusal !== null) return { kind: 'refused', refusal: refusal ?? notFound() };
  return { kind: 'opened', scope: scopeOf(gitlab, 'projects', project, [project.id]) };
}

function openGroup(gitlab: Gitlab, id: string, caller: Caller): Opened {
  const group = findGroup(gitlab.realm, id);
  if (group === null) return { kind: 'refused', refusal: notFound() };
  if (!seesGroup(gitlab.realm, group, caller)) {
    return { kind: 'refused', refusal: caller.kind === 'anonymous' ? unauthorized : notFound() };
  }
  const readable = projectsIn(gitlab.realm, group, true).filter(
    (project) => accessTo(gitlab.realm, project, caller, gitlab.guestsPull).reads,
  );
  const ids = readable.map((project) => project.id);
  return { kind: 'opened', scope: scopeOf(gitlab, 'groups', group, ids) };
}

function scopeOf(
  gitlab: Gitlab,
  kind: ScopeKind,
  namespace: { readonly id: number; readonly path: string },
  projectIds: readonly number[],
): Scope {
  const { catalog } = gitlab.storage;
  return {
    kind,
    id: namespace.id,
    projectIds: new Set(projectIds),
    name: namespace.path.slice(namespace.path.lastIndexOf('/') + 1),
    rows: () => inOrder(projectIds.map((id) => catalog.rowsOf(id))),
    rowsNamed: (normalized) => inOrder(projectIds.map((id) => catalog.rowsNamed(id, normalized))),
  };
}

function inOrder(rows: readonly (readonly PackageRow[])[]): readonly PackageRow[] {
  return rows.flat().sort((a, b) => a.id - b.id);
}
