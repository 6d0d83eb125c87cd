import { badParameters, type Refusal } from '../http/refusal.ts';
import type { UploadMetadata } from '../storage/record.ts';
import { isPackageName, isSha256, isVersion } from './syntax.ts';

/** The text fields of an upload form, by name. */
export type Fields = ReadonlyMap<string, string>;

/** What arrived under the name `content`. */
export type ContentPart = 'file' | 'text' | 'none';

/** Parameters that are missing or malformed, as Grape says it; null where the form is complete. */
export function refuseParameters(fields: Fields, content: ContentPart): Refusal | null {
  const missing = ['name', 'version'].filter((field) => !fields.has(field)).map((field) => `${field} is missing`);
  const reasons = content === 'none' ? ['content is missing', ...missing] : missing;
  if (content === 'text') reasons.unshift('content is invalid');
  const sha256 = fields.get('sha256_digest');
  if (sha256 !== undefined && !isSha256(sha256)) reasons.push('sha256_digest is invalid');
  return reasons.length === 0 ? null : badParameters(reasons);
}

/** What the model refuses, as Rails says it; null for a name and version that can be stored. */
export function modelError(name: string, version: string): string | null {
  const reasons = [
    ...(name.trim() === '' ? ["Name can't be blank"] : []),
    ...(isPackageName(name) ? [] : ['Name is invalid']),
    ...(version.trim() === '' ? ["Version can't be blank"] : []),
    ...(isVersion(version) ? [] : ['Version is invalid']),
  ];
  return reasons.length === 0 ? null : `Validation failed: ${reasons.join(', ')}`;
}

/** Every other field of a form is ignored. Widths are those of the table `packages_pypi_metadata`. */
export function metadataOf(fields: Fields): UploadMetadata {
  return {
    requiresPython: cut(fields.get('requires_python'), 255),
    metadataVersion: cut(fields.get('metadata_version'), 16),
    authorEmail: cut(fields.get('author_email'), 2048),
    description: cut(fields.get('description'), 4000),
    descriptionContentType: cut(fields.get('description_content_type'), 128),
    summary: cut(fields.get('summary'), 255),
    keywords: cut(fields.get('keywords'), 1024),
  };
}

/** Rails `truncate`: the result, dots included, has at most `width` characters. */
function cut(text: string | undefined, width: number): string {
  const characters = Array.from(text ?? '');
  return characters.length <= width ? characters.join('') : `${characters.slice(0, width - 3).join('')}...`;
}
