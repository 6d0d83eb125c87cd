import type { ServerResponse } from 'node:http';
import type { RegistryState } from '@nx-pypi/release';
import { describe, expect, test } from 'vitest';
import { bake, clientOf, order, targetOf } from '../bakery.ts';
import { answer, openCounter, type Counter } from '../counter.ts';
import type { RegistryClient } from '../../src/index.ts';

const hash = 'a'.repeat(64);
const file = 'rye_bread-1.0.0.tar.gz';
const shown = { filename: file, url: `/files/${file}`, hashes: { sha256: hash } };
const tracked = 'https://other.example/simple/rye-bread/';

function html(metas: string, anchors = `<a href="/files/${file}#sha256=${hash}">x</a>`): string {
  const version = '<meta name="pypi:repository-version" content="1.4">';
  return `<!DOCTYPE html><html><head>${version}${metas}</head><body>${anchors}</body></html>`;
}

function json(members: object, meta: object = {}): string {
  return JSON.stringify({ meta: { 'api-version': '1.4', ...meta }, name: 'rye-bread', files: [shown], ...members });
}

function serve(response: ServerResponse, page: string): void {
  const type = page.startsWith('{') ? 'application/vnd.pypi.simple.v1+json' : 'text/html';
  answer(response, 200, page, { 'content-type': type });
}

async function clientAt({ url }: Counter): Promise<RegistryClient> {
  return clientOf(targetOf({ kind: 'pypi', uploadUrl: `${url}/upload`, indexUrl: `${url}/simple` }), null);
}

/** The state that a page comes to, and the notices of the run. */
async function read(page: string): Promise<{ readonly state: RegistryState | undefined; readonly notices: unknown }> {
  const counter = await openCounter((_visit, response) => serve(response, page));
  const client = await clientAt(counter);
  const state = (await client.read(['rye-bread'])).get('rye-bread');
  return { state, notices: client.notices().map(({ code, message }) => `${code} ${message}`) };
}

describe('B6: project status markers (PEP 792)', () => {
  test.each([
    ['HTML', html('<meta name="pypi:project-status" content="quarantined">', '')],
    ['HTML that shows files nevertheless', html('<meta name="pypi:project-status" content="quarantined">')],
    ['JSON', json({ files: [], 'project-status': { status: 'quarantined' } })],
  ])('a quarantined project is unknown, not one without versions: %s', async (_title, page) => {
    const { state } = await read(page);
    expect(state).toMatchObject({ kind: 'unknown', problem: { code: 'NXPYPI_PROJECT_QUARANTINED' } });
  });

  const archived = 'NXPYPI_PROJECT_ARCHIVED The registry has archived rye-bread';
  test.each([
    [
      'HTML',
      html(
        '<meta name="pypi:project-status" content="archived"><meta name="pypi:project-status-reason" content="out of &amp; rye">',
      ),
      `${archived} ("out of & rye"): it takes no uploads for it.`,
    ],
    ['JSON', json({ 'project-status': { status: 'archived' } }), `${archived}: it takes no uploads for it.`],
  ])('an archived project is read, and named in the report: %s', async (_title, page, notice) => {
    const { state, notices } = await read(page);
    expect(state).toMatchObject({ kind: 'published', versions: [{ text: '1.0.0' }] });
    expect(notices).toEqual([notice]);
  });

  test.each([
    ['deprecated, HTML', html('<meta name="pypi:project-status" content="deprecated">')],
    ['deprecated, JSON', json({ 'project-status': { status: 'deprecated', reason: 'stale' } })],
    ['active', json({ 'project-status': { status: 'active' } })],
    ['a status of later times', json({ 'project-status': { status: 'frozen' } })],
    ['no status', json({})],
    ['a status that is no object', json({ 'project-status': 'quarantined' })],
  ])('%s changes nothing', async (_title, page) => {
    const { state, notices } = await read(page);
    expect(state).toMatchObject({ kind: 'published', versions: [{ text: '1.0.0' }], problems: [] });
    expect(notices).toEqual([]);
  });

  test.each([
    [403, 'Project rye-bread is archived, and cannot accept new uploads.'],
    [400, 'This project has been quarantined.'],
  ])('an upload that is refused for it (%i) is the problem of that package alone', async (status, words) => {
    const artifact = await bake('rye_bread-1.0.1.tar.gz', 'loaf');
    const counter = await openCounter(({ method }, response) =>
      method === 'POST' ? answer(response, status, words) : serve(response, json({})),
    );
    const outcome = await (await clientAt(counter)).upload(order(artifact, 'rye-bread', '1.0.1'));
    expect(outcome).toMatchObject({ kind: 'rejected', runWide: false, problem: { code: 'NXPYPI_PROJECT_CLOSED' } });
  });
});

describe('files of another index (PEP 708)', () => {
  test.each([
    ['HTML', html(`<meta name="pypi:tracks" content="${tracked}"><meta name="pypi:alternate-locations" content="x">`)],
    ['JSON', json({ 'alternate-locations': ['x'] }, { tracks: [tracked] })],
  ])('are named in the report: %s', async (_title, page) => {
    const { state, notices } = await read(page);
    expect(state).toMatchObject({ kind: 'published' });
    expect(notices).toEqual([
      `NXPYPI_PROJECT_TRACKED The registry says that its files of rye-bread are those of ${tracked} (PEP 708).`,
    ]);
  });
});

test('B5: a file that does not count is named in the report', async () => {
  const { notices } = await read(html('', `<a href="/files/rye.exe#sha256=${hash}">x</a>`));
  expect(notices).toEqual([
    'NXPYPI_FILENAME_UNREADABLE rye.exe, listed for rye-bread, is not the name of a wheel or sdist, and is not counted.',
  ]);
});
