import { Parser } from 'htmlparser2';
import { readIndexFile, type RawFile } from './index-file.ts';
import type { PageContent } from './page-reading.ts';
import type { ProjectMarks } from './project-marks.ts';

/**
 * The files of an HTML page (PEP 503, 592, 629, 708, 792). A page that was cut off, a login page and a page that is not recognisably
 * an index are unreadable: an empty list of files must never come from those.
 */
export function readHtmlPage(text: string, url: string): PageContent {
  const page = parsePage(text);
  if (page.asksPassword) return unreadable('it is a login page');
  const apiVersion = page.metas.get('repository-version')?.[0] ?? null;
  if (apiVersion !== null && !apiVersion.startsWith('1.')) {
    return unreadable(`it is of repository version ${apiVersion.slice(0, 20)}, and only 1.x is known (PEP 629)`);
  }
  if (!page.closed) return unreadable('it ends before </body> or </html>: it was cut off');
  const base = page.base !== null && URL.canParse(page.base, url) ? new URL(page.base, url).href : url;
  const files = page.files.map((file) => readIndexFile(file, base));
  const fault = files.find((file) => typeof file === 'string');
  if (fault !== undefined) return unreadable(fault);
  const read = files.filter((file) => typeof file !== 'string');
  const known = apiVersion !== null || /\blinks for\b/i.test(page.heading) || read.some(looksLikeDistribution);
  return known
    ? { kind: 'files', files: read, marks: marksOf(page.metas) }
    : unreadable('it does not look like the page of a package');
}

interface ParsedPage {
  readonly files: readonly RawFile[];
  readonly base: string | null;
  /** Contents of `<meta name="pypi:…">`, by the name after the colon. */
  readonly metas: ReadonlyMap<string, readonly string[]>;
  /** Text of the title and of headings. */
  readonly heading: string;
  readonly asksPassword: boolean;
  readonly closed: boolean;
}

function parsePage(text: string): ParsedPage {
  const files: RawFile[] = [];
  let base: string | null = null;
  const metas = new Map<string, string[]>();
  let heading = '';
  let asksPassword = false;
  let closed = false;
  let inHeading = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'a' && attributes['href'] !== undefined) files.push(rawFile(attributes['href'], attributes));
      if (name === 'base') base ??= attributes['href'] ?? null;
      if (name === 'meta') noteMeta(metas, attributes);
      if (name === 'input' && attributes['type']?.toLowerCase() === 'password') asksPassword = true;
      if (isHeading(name)) inHeading = true;
    },
    ontext(piece) {
      if (inHeading) heading += piece;
    },
    onclosetag(name, implied) {
      if (isHeading(name)) inHeading = false;
      if ((name === 'body' || name === 'html') && !implied) closed = true;
    },
  });
  parser.end(text);
  return { files, base, metas, heading, asksPassword, closed };
}

function noteMeta(metas: Map<string, string[]>, attributes: Readonly<Record<string, string | undefined>>): void {
  const key = /^pypi:(?<key>.+)$/.exec(attributes['name'] ?? '')?.groups?.['key'];
  if (key !== undefined) metas.set(key, [...(metas.get(key) ?? []), attributes['content'] ?? '']);
}

function marksOf(metas: ParsedPage['metas']): ProjectMarks {
  return {
    status: metas.get('project-status')?.[0] ?? null,
    reason: metas.get('project-status-reason')?.[0] ?? null,
    tracks: metas.get('tracks') ?? [],
  };
}

function rawFile(href: string, attributes: Readonly<Record<string, string | undefined>>): RawFile {
  return {
    href,
    filename: null,
    sha256: null,
    requiresPython: attributes['data-requires-python'] ?? null,
    yanked: attributes['data-yanked'] !== undefined,
    size: null,
  };
}

function isHeading(name: string): boolean {
  return name === 'title' || name === 'h1';
}

function looksLikeDistribution(file: { readonly filename: string }): boolean {
  return /\.(?:whl|tar\.gz|zip|tar\.bz2|egg)$/i.test(file.filename);
}

function unreadable(detail: string): PageContent {
  return { kind: 'unreadable', detail };
}
