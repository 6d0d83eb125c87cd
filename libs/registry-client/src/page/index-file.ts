import type { PublishedFile } from '@nx-pypi/release';

/** One entry of a page as written. */
export interface RawFile {
  readonly href: string;
  /** Null where the page names files by their links alone. */
  readonly filename: string | null;
  /** As written after `sha256=`, or the JSON value; null where there is none. */
  readonly sha256: string | null;
  readonly requiresPython: string | null;
  readonly yanked: boolean;
  readonly size: number | null;
}

/** The file, its URL absolute and without fragment; a text says what is wrong with it. */
export function readIndexFile(raw: RawFile, base: string): PublishedFile | string {
  const url = parsed(raw.href, base);
  if (url === null) return 'a link is no URL';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'a link is neither http nor https';
  const filename = raw.filename ?? lastSegment(url);
  if (filename === null || filename === '') return 'a link names no file';
  const sha256 = (raw.sha256 ?? fragmentHash(url.hash)).toLowerCase();
  if (sha256 !== '' && !/^[0-9a-f]{64}$/.test(sha256)) return `the sha256 of ${filename} is not 64 hex digits`;
  return {
    filename,
    url: url.href.split('#', 1)[0] ?? '',
    sha256: sha256 === '' ? null : sha256,
    requiresPython: raw.requiresPython === null || raw.requiresPython === '' ? null : raw.requiresPython,
    yanked: raw.yanked,
    size: raw.size,
  };
}

function parsed(href: string, base: string): URL | null {
  try {
    return new URL(href, base);
  } catch {
    return null;
  }
}

/** `#sha256=…`, alone or among others (PEP 503); empty where there is none. */
function fragmentHash(fragment: string): string {
  return /[#&]sha256=(?<hash>[^&]*)/.exec(fragment)?.groups?.['hash'] ?? '';
}

/** The last path component is the file's name (PEP 503). */
function lastSegment(url: URL): string | null {
  try {
    return decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
  } catch {
    return null;
  }
}
