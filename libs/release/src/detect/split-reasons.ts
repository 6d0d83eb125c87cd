import type { MetadataDifference, Reason } from '../model/change.ts';

/** Differences of two artifacts, divided by what else is known of them. */
export interface SplitReasons {
  /** What is in both comparisons. */
  readonly shared: readonly Reason[];
  /** Short names of what the first comparison shows alone: paths, metadata fields. */
  readonly alone: readonly string[];
}

/**
 * Divides `reasons`, differences of one artifact from another, by whether the artifact differs there from a third one
 * too: `others`. All that concerns requirements is one difference, however it is reported.
 */
export function splitReasons(reasons: readonly Reason[], others: readonly Reason[]): SplitReasons {
  const known = new Set(others.flatMap(keysOf));
  const shared = reasonsAt(reasons, known);
  const alone = new Set(reasons.flatMap(keysOf).filter((key) => !known.has(key)));
  return { shared, alone: [...alone].toSorted() };
}

/** What of `reasons` concerns the differences that `keys` names. */
export function reasonsAt(reasons: readonly Reason[], keys: ReadonlySet<string>): readonly Reason[] {
  return reasons.flatMap((reason) => within(reason, keys));
}

const REQUIREMENTS = 'Requires-Dist';

/** Names of single differences: a path, or a metadata field. */
export function keysOf(reason: Reason): readonly string[] {
  switch (reason.kind) {
    case 'files':
      return [...reason.added, ...reason.removed, ...reason.modified];
    case 'metadata':
      return reason.fields.map(({ field }) => fieldKey(field));
    case 'dependency-range':
      return [REQUIREMENTS];
    default:
      return [];
  }
}

/** Header names are case-insensitive; backends spell some in their own way. */
function fieldKey(field: string): string {
  return field.toLowerCase().replaceAll(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function within(reason: Reason, known: ReadonlySet<string>): readonly Reason[] {
  switch (reason.kind) {
    case 'files': {
      const kept = (paths: readonly string[]): readonly string[] => paths.filter((path) => known.has(path));
      const files = { added: kept(reason.added), removed: kept(reason.removed), modified: kept(reason.modified) };
      const none = files.added.length + files.removed.length + files.modified.length === 0;
      return none ? [] : [{ kind: 'files', ...files }];
    }
    case 'metadata': {
      const fields: readonly MetadataDifference[] = reason.fields.filter(({ field }) => known.has(fieldKey(field)));
      return fields.length === 0 ? [] : [{ kind: 'metadata', fields }];
    }
    case 'dependency-range':
      return known.has(REQUIREMENTS) ? [reason] : [];
    default:
      return [reason];
  }
}
