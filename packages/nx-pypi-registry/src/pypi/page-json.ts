import { filesOf, type PackageRow } from '../storage/catalog.ts';
import { fileUrl } from './links.ts';
import { normalizeName } from './syntax.ts';

/** PEP 691. */
export const simpleJson = 'application/vnd.pypi.simple.v1+json';

const asked = ['application/vnd.pypi.simple.v1+json', 'application/vnd.pypi.simple.latest+json'];

/** GitLab takes any member of Accept that begins so; weights do not count. */
export function wantsJson(accept: string): boolean {
  return accept.split(',').some((member) => asked.some((type) => member.trim().startsWith(type)));
}

/** PEP 691 project page, as far as GitLab fills it: no versions, size, upload-time, yanked or core-metadata. */
export function jsonPage(pypi: string, name: string, rows: readonly PackageRow[]): object {
  const files = rows.flatMap(filesOf).map((file) => ({
    filename: file.filename,
    url: fileUrl(pypi, file),
    hashes: { sha256: file.sha256 },
    ...(file.metadata.requiresPython === '' ? {} : { 'requires-python': file.metadata.requiresPython }),
  }));
  return { meta: { 'api-version': '1.0' }, name: normalizeName(name), files };
}

/** PEP 691 index: every name once, sorted. */
export function jsonIndex(rows: readonly PackageRow[]): object {
  const names = [...new Set(rows.map((row) => row.name))].sort();
  return { meta: { 'api-version': '1.0' }, projects: names.map((name) => ({ name })) };
}
