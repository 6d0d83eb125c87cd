import type { MetadataDifference, Reason } from '@nx-pypi/release';
import { formatVersion, headers, parseVersion, type CoreMetadata } from '@nx-pypi/standards';
import { compareRequirements } from './compare-requirements.ts';
import { UNCOUNTED_FIELDS } from './uncounted.ts';

/** Differences of two metadata files; `before` is theirs, `after` ours. Fields are sets: order and repetition do not count. */
export function compareMetadata(ours: CoreMetadata, theirs: CoreMetadata): readonly Reason[] {
  const names = new Set([...ours.headers, ...theirs.headers].map(([name]) => name.toLowerCase()));
  const fields: MetadataDifference[] = [];
  for (const name of [...names].sort()) {
    if (UNCOUNTED_FIELDS.has(name) || name === 'requires-dist' || name === 'description') continue;
    const [before, after] = [valuesOf(theirs, name), valuesOf(ours, name)];
    if (!sameList(before, after)) fields.push({ field: spelled(name, ours, theirs), before, after });
  }
  if (described(theirs) !== described(ours)) {
    fields.push({ field: 'Description', before: [excerpt(theirs)], after: [excerpt(ours)] });
  }
  const requirements = compareRequirements(headers(ours, 'Requires-Dist'), headers(theirs, 'Requires-Dist'));
  fields.push(...requirements.fields);
  return [...(fields.length === 0 ? [] : [{ kind: 'metadata' as const, fields }]), ...requirements.ranges];
}

function valuesOf(metadata: CoreMetadata, name: string): readonly string[] {
  return [...new Set(headers(metadata, name).map((value) => normalized(name, value)))]
    .filter((value) => value !== '')
    .sort();
}

function normalized(name: string, value: string): string {
  const trimmed = value.trim().replaceAll('\r\n', '\n');
  switch (name) {
    case 'version': {
      const version = parseVersion(trimmed);
      return version === null ? trimmed : formatVersion(version);
    }
    case 'keywords':
      return trimmed
        .split(/[\s,]+/)
        .sort()
        .join(',');
    case 'requires-python':
      return trimmed.replaceAll(/\s+/g, '').split(',').sort().join(',');
    case 'provides-extra':
      return trimmed.toLowerCase().replaceAll(/[-_.]+/g, '-');
    case 'project-url':
      return trimmed.replace(/\s*,\s*/, ', ');
    default:
      return trimmed === 'UNKNOWN' ? '' : trimmed;
  }
}

function described(metadata: CoreMetadata): string {
  return metadata.description.replaceAll('\r\n', '\n').trim();
}

function excerpt(metadata: CoreMetadata): string {
  const text = described(metadata);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function spelled(name: string, ours: CoreMetadata, theirs: CoreMetadata): string {
  return [...ours.headers, ...theirs.headers].find(([field]) => field.toLowerCase() === name)?.[0] ?? name;
}

function sameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}
