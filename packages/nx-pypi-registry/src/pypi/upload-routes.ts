import type { Request, Response, Router } from 'express';
import { accessTo } from '../auth/access.ts';
import { refuseUpload } from '../auth/authorize.ts';
import type { Caller } from '../auth/caller.ts';
import { readCredentials } from '../auth/credentials.ts';
import { identifyOnPypi } from '../auth/identify.ts';
import { isPushProtected } from '../auth/protection.ts';
import { strikeAfterStoring } from '../faults/strike.ts';
import type { Gitlab } from '../gitlab.ts';
import { refuse } from '../http/answer.ts';
import { handler } from '../http/handler.ts';
import { drain } from '../http/drain.ts';
import { badRequest, forbidden, notFound, type Refusal, unprocessable } from '../http/refusal.ts';
import { findProject } from '../realm/lookup.ts';
import type { Project } from '../realm/realm.ts';
import { discard, type Received } from '../storage/receive.ts';
import type { BuildInfo } from '../storage/record.ts';
import { type Fields, metadataOf, modelError, refuseParameters } from './upload-fields.ts';
import { readUploadForm, type UploadForm } from './upload-form.ts';

/** Uploads exist for projects only. */
export function addUploadRoutes(router: Router, gitlab: Gitlab): void {
  const upload = handler<{ id: string }>(async (request, response) => {
    const door = openDoor(gitlab, request);
    if (door.kind === 'refused') {
      await drain(request);
      refuse(response, door.refusal);
    } else {
      await takeUpload(gitlab, door, request, response);
    }
  });
  const authorize = handler<{ id: string }>(async (request, response) => {
    const door = openDoor(gitlab, request);
    await drain(request);
    // GitLab answers its own proxy only: `verify_api_request!` refuses all others.
    refuse(response, door.kind === 'refused' ? door.refusal : forbidden());
  });
  router.post('/projects/:id/packages/pypi', upload);
  router.post('/projects/:id/packages/pypi/authorize', authorize);
}

type Door =
  | { readonly kind: 'open'; readonly project: Project; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Credentials come before the body, as GitLab's proxy asks for them first. */
function openDoor(gitlab: Gitlab, request: Request<{ id: string }>): Door {
  const identified = identifyOnPypi(gitlab.realm, readCredentials(request), { write: true });
  if (identified.kind === 'refused') return identified;
  const project = findProject(gitlab.realm, request.params.id);
  if (project === null) return { kind: 'refused', refusal: notFound() };
  const refusal = refuseUpload(gitlab, project, identified.caller);
  return refusal === null ? { kind: 'open', project, caller: identified.caller } : { kind: 'refused', refusal };
}

async function takeUpload(
  gitlab: Gitlab,
  door: Door & { readonly kind: 'open' },
  request: Request<{ id: string }>,
  response: Response,
): Promise<void> {
  const form = await readUploadForm(request, gitlab.storage.layout, gitlab.features.maxFileSize);
  const older = gitlab.features.olderErrors || has(gitlab, response, 'older-errors');
  const raced = has(gitlab, response, 'name-taken');
  const refusal =
    form === null ? badRequest('Invalid multipart body', older) : judge(gitlab, door, form, { older, raced });
  if (form === null || form.received === null || refusal !== null) {
    if (form !== null && form.received !== null) await discard(form.received.path);
    refuse(response, refusal ?? badRequest('content is missing', older));
    return;
  }
  if (!(await keep(gitlab, door, form, form.received))) {
    refuse(response, badRequest('Validation failed: File name has already been taken', older));
  } else if (!strikeAfterStoring(gitlab.effectsOn(response), response)) {
    response.status(201).json({ message: '201 Created' });
  }
}

/** The checks in GitLab's order: parameters, size, FIPS, protection, model. Null where the file may be stored. */
function judge(
  gitlab: Gitlab,
  { project, caller }: Door & { readonly kind: 'open' },
  form: UploadForm,
  { older, raced }: { readonly older: boolean; readonly raced: boolean },
): Refusal | null {
  const parameters = refuseParameters(form.fields, form.content);
  if (parameters !== null) return parameters;
  if (form.tooLarge) return badRequest('File is too large', older);
  if (gitlab.features.fips && !form.fields.has('sha256_digest')) return unprocessable;
  const { name, version } = named(form.fields);
  const access = accessTo(gitlab.realm, project, caller, gitlab.guestsPull);
  if (isPushProtected(project.protectionRules ?? [], name, access)) return forbidden('Package protected.');
  const invalid = raced ? 'Validation failed: Name has already been taken' : modelError(name, version);
  return invalid === null ? null : badRequest(invalid, older);
}

/** False where the package version has a file of that name. */
async function keep(
  gitlab: Gitlab,
  { project, caller }: Door & { readonly kind: 'open' },
  form: UploadForm,
  received: Received,
): Promise<boolean> {
  const stored = await gitlab.storage.store(
    {
      projectId: project.id,
      ...named(form.fields),
      filename: form.filename,
      sha256: form.fields.get('sha256_digest') ?? null,
      metadata: metadataOf(form.fields),
      createdAt: new Date().toISOString(),
      creator: caller.kind === 'user' || caller.kind === 'job' ? caller.user.username : null,
      build: caller.kind === 'job' ? buildOf(gitlab, caller) : null,
    },
    received,
  );
  return stored.kind === 'stored';
}

function buildOf(gitlab: Gitlab, caller: Caller & { readonly kind: 'job' }): BuildInfo | null {
  const project = findProject(gitlab.realm, caller.token.project);
  return project === null ? null : { ...caller.token.pipeline, projectId: project.id };
}

function named(fields: Fields): { readonly name: string; readonly version: string } {
  return { name: fields.get('name') ?? '', version: fields.get('version') ?? '' };
}

function has(gitlab: Gitlab, response: Response, kind: 'older-errors' | 'name-taken'): boolean {
  return gitlab.effectsOn(response).some((effect) => effect.kind === kind);
}
