import type { PublishedFile } from '@nx-pypi/release';
import { readIndexFile } from './index-file.ts';
import type { PageContent } from './page-reading.ts';
import type { ProjectMarks } from './project-marks.ts';

/** The files of a JSON page (PEP 691, 700, 708, 792). */
export function readJsonPage(text: string, url: string): PageContent {
  const page = parseObject(text);
  if (page === null) return unreadable('it is not a JSON object');
  const apiVersion = isObject(page['meta']) ? page['meta']['api-version'] : undefined;
  if (typeof apiVersion !== 'string' || !/^1\.\d+$/.test(apiVersion)) {
    return unreadable('its meta.api-version is not 1.x (PEP 691)');
  }
  if (!Array.isArray(page['files'])) return unreadable('it has no list of files');
  const files = (page['files'] as readonly unknown[]).map((file) => readFile(file, url));
  const fault = files.find((file) => typeof file === 'string');
  if (fault !== undefined) return unreadable(fault);
  return { kind: 'files', files: files.filter((file) => typeof file !== 'string'), marks: marksOf(page) };
}

function marksOf(page: Readonly<Record<string, unknown>>): ProjectMarks {
  const status = isObject(page['project-status']) ? page['project-status'] : {};
  const tracks: unknown = isObject(page['meta']) ? page['meta']['tracks'] : undefined;
  return {
    status: textOf(status['status']),
    reason: textOf(status['reason']),
    tracks: Array.isArray(tracks) ? tracks.filter((one) => typeof one === 'string') : [],
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function readFile(file: unknown, base: string): PublishedFile | string {
  if (!isObject(file) || typeof file['filename'] !== 'string' || typeof file['url'] !== 'string') {
    return 'a file has no filename or no url';
  }
  if (!isObject(file['hashes'])) return `${file['filename']} has no hashes`;
  const sha256 = file['hashes']['sha256'];
  if (sha256 !== undefined && typeof sha256 !== 'string') return `the sha256 of ${file['filename']} is no text`;
  const size = file['size'];
  return readIndexFile(
    {
      href: file['url'],
      filename: file['filename'],
      sha256: sha256 ?? null,
      requiresPython: typeof file['requires-python'] === 'string' ? file['requires-python'] : null,
      yanked: file['yanked'] === true || typeof file['yanked'] === 'string',
      size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
    },
    base,
  );
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(detail: string): PageContent {
  return { kind: 'unreadable', detail };
}
