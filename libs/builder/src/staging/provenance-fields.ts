import type { Provenance } from '@nx-pypi/release';

/** Provenance as it is written into a manifest (rule I1): strings, and one map of strings. */
export function provenanceFields(
  provenance: Provenance,
): Readonly<Record<string, string | Readonly<Record<string, string>>>> {
  return {
    format: String(provenance.format),
    repository: provenance.repository,
    path: provenance.path,
    revision: provenance.revision,
    ref: provenance.ref,
    dirty: String(provenance.dirty),
    pipeline: provenance.pipeline,
    ...(provenance.channel === undefined ? {} : { channel: provenance.channel }),
    tool: provenance.tool,
    digest: provenance.digest,
    declared: provenance.declared,
  };
}

/** Reads what `provenanceFields` wrote; null when a field is missing or of another kind. */
export function provenanceFrom(fields: Readonly<Record<string, unknown>>): Provenance | null {
  const text = (name: string): string | null => {
    const value = fields[name];
    return typeof value === 'string' ? value : null;
  };
  const format = Number(text('format'));
  const channel = text('channel');
  const [repository, path, revision, digest] = [text('repository'), text('path'), text('revision'), text('digest')];
  if (!Number.isInteger(format) || format < 1) return null;
  if (repository === null || path === null || revision === null || digest === null) return null;
  return {
    format,
    repository,
    path,
    revision,
    ref: text('ref') ?? '',
    dirty: text('dirty') === 'true',
    pipeline: text('pipeline') ?? '',
    ...(channel === null ? {} : { channel }),
    tool: text('tool') ?? '',
    digest,
    declared: stringMap(fields['declared']),
  };
}

function stringMap(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string'));
}
