import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readHtmlPage } from '../page/read-html.ts';

export const pageName = 'index.html';

/** What a page says of one file that lies beside it. */
export interface PageEntry {
  readonly filename: string;
  readonly sha256: string | null;
  readonly requiresPython: string | null;
  readonly yanked: boolean;
}

/** The entries of the page in a package's folder, by file name; none where there is no page that can be read. */
export async function readEntries(folder: string): Promise<ReadonlyMap<string, PageEntry>> {
  const text = await readFile(join(folder, pageName), 'utf8').catch(() => null);
  const page = text === null ? null : readHtmlPage(text, 'http://folder.invalid/');
  return new Map(page?.kind === 'files' ? page.files.map((file) => [file.filename, file]) : []);
}

/** A package's page (PEP 503, 592, 629) with links that are relative to it: it can be served from anywhere. */
export function packagePage(name: string, entries: readonly PageEntry[]): string {
  return htmlPage(`Links for ${name}`, entries.toSorted((a, b) => (a.filename < b.filename ? -1 : 1)).map(anchor));
}

/** The page of all packages, one folder each. */
export function rootPage(names: readonly string[]): string {
  const links = names.toSorted().map((name) => `<a href="${escaped(encodeURIComponent(name))}/">${escaped(name)}</a>`);
  return htmlPage('Simple index', links);
}

function anchor({ filename, sha256, requiresPython, yanked }: PageEntry): string {
  const hash = sha256 === null ? '' : `#sha256=${sha256}`;
  const python = requiresPython === null ? '' : ` data-requires-python="${escaped(requiresPython)}"`;
  const mark = yanked ? ' data-yanked=""' : '';
  return `<a href="${escaped(encodeURIComponent(filename))}${hash}"${python}${mark}>${escaped(filename)}</a>`;
}

function htmlPage(title: string, links: readonly string[]): string {
  return [
    '<!DOCTYPE html>',
    '<html>',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="pypi:repository-version" content="1.0">',
    `<title>${escaped(title)}</title>`,
    '</head>',
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    ...links.map((link) => `${link}<br>`),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
