import type { Request, Response, Router } from 'express';
import { accessTo } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import type { Gitlab } from '../gitlab.ts';
import { refuse } from '../http/answer.ts';
import { originOf } from '../http/origin.ts';
import { packageEntity, type Surroundings } from './entities.ts';
import { openGroup, openProject, type RestOpened } from './open.ts';
import { pageOf } from './paging.ts';
import { type OrderBy, parseListParameters, type Query } from './parameters.ts';
import { selectRows } from './select.ts';

type IdRequest = Request<{ id: string }>;

const projectOrders: readonly OrderBy[] = ['created_at', 'name', 'version', 'type'];

/** The package lists of projects and groups. */
export function addListRoutes(router: Router, gitlab: Gitlab): void {
  router.get('/projects/:id/packages', (request: IdRequest, response) => {
    const opened = openProject(gitlab, request, 'read');
    answerList(gitlab, opened, { request, response }, projectOrders);
  });
  router.get('/groups/:id/packages', (request: IdRequest, response) => {
    const opened = openGroup(gitlab, request, queryOf(request).get('exclude_subgroups') === 'true');
    answerList(gitlab, opened, { request, response }, [...projectOrders, 'project_path']);
  });
}

/** The last value of a parameter that is given more than once. */
export function queryOf(request: Request<{ id: string }>): Query {
  return new Map(new URL(request.originalUrl, 'http://localhost').searchParams);
}

/** What entities need to know of a request. */
export function surroundingsOf(gitlab: Gitlab, caller: Caller, request: Request<{ id: string }>): Surroundings {
  return {
    realm: gitlab.realm,
    origin: originOf(gitlab, request),
    mayDelete: (project) => accessTo(gitlab.realm, project, caller, gitlab.guestsPull).deletes,
    lastDownloadedAt: (row) => gitlab.downloads.get(row.id) ?? null,
  };
}

function answerList(
  gitlab: Gitlab,
  opened: RestOpened,
  { request, response }: { readonly request: IdRequest; readonly response: Response },
  orders: readonly OrderBy[],
): void {
  if (opened.kind === 'refused') {
    refuse(response, opened.refusal);
    return;
  }
  const parsed = parseListParameters(queryOf(request), orders);
  if (parsed.kind === 'refused') {
    refuse(response, parsed.refusal);
    return;
  }
  const projects = new Map(opened.projects.map((project) => [project.id, project]));
  const rows = selectRows(
    opened.projects.flatMap((project) => gitlab.storage.catalog.rowsOf(project.id)),
    parsed.parameters,
    (row) => projects.get(row.projectId)?.path ?? '',
  );
  const { page, perPage } = parsed.parameters;
  const url = `${originOf(gitlab, request)}${request.originalUrl.slice(gitlab.basePath.length)}`;
  const { items, headers } = pageOf(rows, page, perPage, url);
  const around = surroundingsOf(gitlab, opened.caller, request);
  const inGroup = orders.includes('project_path');
  response.set(headers).json(
    items.flatMap((row) => {
      const project = projects.get(row.projectId);
      return project === undefined ? [] : [packageEntity(row, project, around, inGroup)];
    }),
  );
}
