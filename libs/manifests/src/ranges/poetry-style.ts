import { formatVersion, parseVersion } from '@nx-pypi/standards';
import type { Version } from '@nx-pypi/standards';
import { spellings } from './shortened.ts';

/** Poetry constraints in the style of `written` for `version`, best first; none for styles that PEP 440 has too. */
export function poetryStyle(written: string, version: Version): readonly string[] {
  const text = written.trim();
  const [, operator = '', bound = ''] = /^(\^|~(?!=))?\s*([^\s,|<>=!~^]+)$/.exec(text) ?? [];
  if (bound === '') {
    return [];
  }
  const isWildcard = bound.endsWith('.*');
  const parsed = parseVersion(bound.replace(/(?:\.\*)+$/, ''));
  if (parsed === null) {
    return [];
  }
  const segments = parsed.release.length;
  if (isWildcard) {
    return operator === '' ? spellings(version, segments).map((spelling) => `${spelling}.*`) : [];
  }
  return operator === ''
    ? [formatVersion(version)]
    : spellings(version, segments).map((spelling) => operator + spelling);
}
