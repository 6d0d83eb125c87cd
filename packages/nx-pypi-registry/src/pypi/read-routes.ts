import type { Request, Response, Router } from 'express';
import type { StaleRead } from '../faults/control.ts';
import type { Gitlab } from '../gitlab.ts';
import { refuse } from '../http/answer.ts';
import { originOf } from '../http/origin.ts';
import { notFound } from '../http/refusal.ts';
import { filesOf, type PackageRow } from '../storage/catalog.ts';
import type { FileRecord } from '../storage/record.ts';
import { fileUrl, pageUrl, pypiUrl } from './links.ts';
import { type Anchor, htmlPage } from './page-html.ts';
import { jsonIndex, jsonPage, simpleJson, wantsJson } from './page-json.ts';
import { openScope, type Scope, type ScopeKind } from './scope.ts';
import { requestedName } from './syntax.ts';

/** The index and the package pages, of projects and groups alike. */
export function addReadRoutes(router: Router, gitlab: Gitlab): void {
  for (const kind of ['projects', 'groups'] as const) {
    const prefix = `/${kind}/:id${kind === 'groups' ? '/-' : ''}/packages/pypi/simple`;
    router.get(prefix, (request: Request<{ id: string }>, response) => {
      const scope = openOrRefuse(gitlab, kind, request, response);
      if (scope !== null) answerIndex(gitlab, scope, request, response);
    });
    router.get(`${prefix}/*name`, (request: Request<{ id: string; name: string[] }>, response) => {
      const scope = openOrRefuse(gitlab, kind, request, response);
      const name = request.params.name.join('/').replace(/\/$/, '');
      if (scope !== null) answerPage(gitlab, scope, name, { request, response });
    });
  }
}

function openOrRefuse(
  gitlab: Gitlab,
  kind: ScopeKind,
  request: Request<{ id: string }>,
  response: Response,
): Scope | null {
  const opened = openScope(gitlab, kind, request);
  if (opened.kind === 'opened') return opened.scope;
  refuse(response, opened.refusal);
  return null;
}

function answerIndex(gitlab: Gitlab, scope: Scope, request: Request<{ id: string }>, response: Response): void {
  const rows = asFarAsVisible(gitlab, scope.rows(), response);
  const origin = originOf(gitlab, request);
  const html = (): string =>
    htmlPage(
      scope.name,
      rows.map((row) => indexAnchor(origin, row)),
    );
  send(gitlab, { request, response }, html, () => jsonIndex(rows));
}

function answerPage(
  gitlab: Gitlab,
  scope: Scope,
  name: string,
  exchange: { readonly request: Request<{ id: string }>; readonly response: Response },
): void {
  const rows = asFarAsVisible(gitlab, scope.rowsNamed(requestedName(name)), exchange.response);
  const first = rows[0];
  if (first === undefined) {
    answerUnknown(gitlab, name, exchange.response);
    return;
  }
  const pypi = pypiUrl(originOf(gitlab, exchange.request), scope.kind, scope.id);
  const html = (): string =>
    htmlPage(
      first.name,
      rows.flatMap(filesOf).map((file) => fileAnchor(pypi, file)),
    );
  send(gitlab, exchange, html, () => jsonPage(pypi, first.name, rows));
}

/** GitLab forwards an unknown name to the public index; the redirect is text/plain (uv issue 17334). */
function answerUnknown(gitlab: Gitlab, name: string, response: Response): void {
  const { forwarding } = gitlab.features;
  if (forwarding === false) {
    refuse(response, notFound('Package'));
    return;
  }
  const base = forwarding === true ? 'https://public-index.invalid' : forwarding.replace(/\/$/, '');
  const location = `${base}/simple/${encodeURIComponent(name)}/`;
  response
    .status(302)
    .set('Location', location)
    .type('text/plain')
    .send(`This resource has been moved temporarily to ${location}.`);
}

function send(
  gitlab: Gitlab,
  { request, response }: { readonly request: Request<{ id: string }>; readonly response: Response },
  html: () => string,
  json: () => object,
): void {
  response.set('Cache-Control', 'max-age=0, private, must-revalidate');
  if (gitlab.features.pep691) response.set('Vary', 'Accept');
  if (gitlab.features.pep691 && wantsJson(request.get('Accept') ?? '')) {
    response.set('Content-Type', `${simpleJson}; charset=utf-8`).send(JSON.stringify(json()));
  } else {
    response.type('html').send(html());
  }
}

/** Leaves out what a stale index does not know yet. */
function asFarAsVisible(gitlab: Gitlab, rows: readonly PackageRow[], response: Response): readonly PackageRow[] {
  const stale = gitlab.effectsOn(response).find((effect): effect is StaleRead => effect.kind === 'stale');
  if (stale === undefined || rows.every((row) => row.files.every((file) => file.id <= stale.horizon))) return rows;
  stale.spend();
  return rows
    .map((row) => ({ ...row, files: row.files.filter((file) => file.id <= stale.horizon) }))
    .filter((row) => row.files.length > 0);
}

function fileAnchor(pypi: string, file: FileRecord): Anchor {
  return { href: fileUrl(pypi, file), text: file.filename, requiresPython: file.metadata.requiresPython };
}

/** The metadata of a row is that of its last upload (GitLab issue 327722). */
function indexAnchor(origin: string, row: PackageRow): Anchor {
  return {
    href: pageUrl(pypiUrl(origin, 'projects', row.projectId), row.name),
    text: row.name,
    requiresPython: row.files.at(-1)?.metadata.requiresPython ?? '',
  };
}
