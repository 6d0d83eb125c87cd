import type { FileRecord } from '../storage/record.ts';
import type { ScopeKind } from './scope.ts';
import { normalizeName } from './syntax.ts';

/** Where the PyPI API of a project or group begins. `origin` includes the base path. */
export function pypiUrl(origin: string, kind: ScopeKind, id: number): string {
  return `${origin}/api/v4/${kind}/${id}${kind === 'groups' ? '/-' : ''}/packages/pypi`;
}

/** The URL of a file on a page. A file that came without a digest has an empty place there, and cannot be fetched. */
export function fileUrl(pypi: string, file: FileRecord): string {
  const sha256 = file.sha256 ?? '';
  return `${pypi}/files/${sha256}/${escapeSegment(file.filename)}#sha256=${sha256}`;
}

/** The URL of a package's page on an index, without a slash at its end. */
export function pageUrl(pypi: string, name: string): string {
  return `${pypi}/simple/${escapeSegment(normalizeName(name))}`;
}

/** As Rails escapes a path: RFC 3986 sub-delimiters, `:` and `@` stay as they are. */
function escapeSegment(text: string): string {
  return encodeURIComponent(text).replaceAll(/%(?:21|24|26|27|28|29|2A|2B|2C|3B|3D|3A|40)/g, decodeURIComponent);
}
