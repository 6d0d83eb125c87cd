import type { Request, Response, Router } from 'express';
import { accessTo } from '../auth/access.ts';
import type { RestAction } from '../auth/authorize.ts';
import type { Caller } from '../auth/caller.ts';
import { isDeletionProtected } from '../auth/protection.ts';
import type { Gitlab } from '../gitlab.ts';
import { refuse } from '../http/answer.ts';
import { handler } from '../http/handler.ts';
import { originOf } from '../http/origin.ts';
import { badParameters, forbidden, notFound } from '../http/refusal.ts';
import { deliver } from '../pypi/download-routes.ts';
import type { Project } from '../realm/realm.ts';
import { filesOf, type PackageRow } from '../storage/catalog.ts';
import type { FileRecord } from '../storage/record.ts';
import { fileEntity, packageEntity, pipelineEntity, versionEntity } from './entities.ts';
import { queryOf, surroundingsOf } from './list-routes.ts';
import { openProject } from './open.ts';
import { pageOf } from './paging.ts';
import { notCounting, parsePaging } from './parameters.ts';

interface PackageParams {
  readonly id: string;
  readonly packageId: string;
  readonly fileId?: string;
}

/** A package row that a request asks for, with everything that its answer needs. */
interface Found {
  readonly row: PackageRow;
  readonly project: Project;
  readonly caller: Caller;
  readonly request: Request<PackageParams>;
  readonly response: Response;
}

/** One package row, its files and pipelines: reading and deleting. */
export function addPackageRoutes(router: Router, gitlab: Gitlab): void {
  const on = (
    action: RestAction,
    answer: (found: Found) => Promise<void> | void,
  ): ReturnType<typeof handler<PackageParams>> =>
    handler<PackageParams>(async (request, response) => {
      const found = findPackage(gitlab, action, request, response);
      if (found !== null) await answer(found);
    });
  const one = '/projects/:id/packages/:packageId';
  router.get(
    one,
    on('read', (found) => answerPackage(gitlab, found)),
  );
  router.delete(
    one,
    on('delete', (found) => deletePackage(gitlab, found)),
  );
  router.get(
    `${one}/pipelines`,
    on('read', (found) => answerPipelines(gitlab, found)),
  );
  router.get(
    `${one}/package_files`,
    on('read', (found) => answerFiles(gitlab, found)),
  );
  router.get(
    `${one}/package_files/:fileId/download`,
    on('read', (found) => withFile(found, (file) => deliver(gitlab, file, found.response))),
  );
  router.delete(
    `${one}/package_files/:fileId`,
    on('delete', (found) => deleteFile(gitlab, found)),
  );
}

/** Answers itself where it returns null. */
function findPackage(
  gitlab: Gitlab,
  action: RestAction,
  request: Request<PackageParams>,
  response: Response,
): Found | null {
  const opened = openProject(gitlab, request, action);
  if (opened.kind === 'refused') {
    refuse(response, opened.refusal);
    return null;
  }
  if (!/^\d+$/.test(request.params.packageId)) {
    refuse(response, badParameters(['package_id is invalid']));
    return null;
  }
  const project = opened.projects[0];
  const row = gitlab.storage.catalog.rowById(Number(request.params.packageId));
  if (project === undefined || row === null || row.projectId !== project.id) {
    refuse(response, notFound('Package'));
    return null;
  }
  return { row, project, caller: opened.caller, request, response };
}

function answerPackage(gitlab: Gitlab, { row, project, caller, request, response }: Found): void {
  const around = surroundingsOf(gitlab, caller, request);
  const others = gitlab.storage.catalog
    .rowsOf(project.id)
    .filter((other) => other.name === row.name && other.id !== row.id);
  response.json({
    ...packageEntity(row, project, around, false),
    versions: others.map((other) => versionEntity(other, around)),
  });
}

function answerFiles(gitlab: Gitlab, { row, caller, request, response }: Found): void {
  const query = queryOf(request);
  const reasons = notCounting(query);
  if (reasons.length > 0) {
    refuse(response, badParameters(reasons));
    return;
  }
  const { page, perPage } = parsePaging(query);
  const direction = query.get('sort') === 'desc' ? -1 : 1;
  const byName = query.get('order_by') === 'file_name';
  const files = [...filesOf(row)].sort(
    (a, b) =>
      direction * ((byName ? Number(a.filename > b.filename) - Number(a.filename < b.filename) : 0) || a.id - b.id),
  );
  const url = `${originOf(gitlab, request)}${request.originalUrl.slice(gitlab.basePath.length)}`;
  const { items, headers } = pageOf(files, page, perPage, url);
  const around = surroundingsOf(gitlab, caller, request);
  response.set(headers).json(items.map((file) => fileEntity(file, around)));
}

/** The pipelines of all uploads into the row, the newest first, each once. */
function answerPipelines(gitlab: Gitlab, { row, caller, request, response }: Found): void {
  const around = surroundingsOf(gitlab, caller, request);
  const builds = row.files.flatMap((file) => (file.build === null ? [] : [{ ...file, build: file.build }]));
  const unique = [...new Map(builds.map((file) => [file.build.id, file])).values()].sort(
    (a, b) => b.build.id - a.build.id,
  );
  response.json(unique.map((file) => pipelineEntity(file.build, file.createdAt, file.creator, around)));
}

async function deletePackage(gitlab: Gitlab, found: Found): Promise<void> {
  if (refuseProtected(gitlab, found)) return;
  await gitlab.storage.removeRow(found.row);
  found.response.status(204).end();
}

async function deleteFile(gitlab: Gitlab, found: Found): Promise<void> {
  if (refuseProtected(gitlab, found)) return;
  await withFile(found, async (file) => {
    await gitlab.storage.removeFile(file);
    found.response.status(204).end();
  });
}

async function withFile({ row, request, response }: Found, answer: (file: FileRecord) => Promise<void>): Promise<void> {
  const file = filesOf(row).find((one) => String(one.id) === request.params.fileId);
  if (file === undefined) refuse(response, notFound());
  else await answer(file);
}

/** GitLab flag `packages_protected_packages_delete`. */
function refuseProtected(gitlab: Gitlab, { row, project, caller, response }: Found): boolean {
  const access = accessTo(gitlab.realm, project, caller, gitlab.guestsPull);
  const isProtected = isDeletionProtected(project.protectionRules ?? [], row.name, access);
  if (isProtected) refuse(response, forbidden('Package is deletion protected.'));
  return isProtected;
}
