import type { MetadataDifference, Reason } from '@nx-pypi/release';
import {
  equalRanges,
  formatMarker,
  normalizeName,
  parseMarker,
  parseRequirement,
  parseSpecifierSet,
  rangeOf,
} from '@nx-pypi/standards';

type RangeReason = Extract<Reason, { readonly kind: 'dependency-range' }>;

export interface RequirementDifferences {
  readonly fields: readonly MetadataDifference[];
  readonly ranges: readonly RangeReason[];
}

interface Read {
  readonly written: string;
  readonly name: string;
  /** Extras, marker and URL in one spelling. */
  readonly rest: string;
  readonly specifier: string;
}

/**
 * Compares Requires-Dist parsed (rule D5). One dependency whose version set alone differs is a `dependency-range`; what was
 * added, removed or differs in extras, marker or URL is a difference of the field.
 */
export function compareRequirements(ours: readonly string[], theirs: readonly string[]): RequirementDifferences {
  const after = distinct(ours.map(read));
  const before = distinct(theirs.map(read));
  const added = after.filter((one) => !before.some((other) => same(one, other)));
  const removed = before.filter((one) => !after.some((other) => same(one, other)));
  const ranges: RangeReason[] = [];
  const paired = new Set<Read>();
  for (const one of added) {
    const other = removed.find(
      (candidate) => !paired.has(candidate) && one.name === candidate.name && one.rest === candidate.rest,
    );
    if (other === undefined) continue;
    paired.add(one).add(other);
    ranges.push({ kind: 'dependency-range', dependency: one.name, before: other.specifier, after: one.specifier });
  }
  const left = (list: readonly Read[]): readonly string[] =>
    list
      .filter((one) => !paired.has(one))
      .map(({ written }) => written)
      .sort();
  const field = { field: 'Requires-Dist', before: left(removed), after: left(added) };
  return { fields: field.before.length + field.after.length === 0 ? [] : [field], ranges: ranges.sort(byName) };
}

function read(written: string): Read {
  const parsed = parseRequirement(written);
  if (parsed.kind === 'error') return { written, name: '', rest: written.trim(), specifier: '' };
  const { name, extras, url, marker, specifier } = parsed.requirement;
  const rest = JSON.stringify([extras.map(normalizeName).sort(), url, marker === null ? null : oneSpelling(marker)]);
  return { written, name: normalizeName(name), rest, specifier: specifier.replaceAll(/\s+/g, '') };
}

function oneSpelling(marker: string): string {
  const parsed = parseMarker(marker);
  return parsed.kind === 'error' ? marker : formatMarker(parsed.marker);
}

function same(left: Read, right: Read): boolean {
  return left.name === right.name && left.rest === right.rest && sameRange(left.specifier, right.specifier);
}

function sameRange(left: string, right: string): boolean {
  if (left === right) return true;
  const [one, other] = [parseSpecifierSet(left), parseSpecifierSet(right)];
  return one !== null && other !== null && equalRanges(rangeOf(one), rangeOf(other));
}

function distinct(list: readonly Read[]): readonly Read[] {
  return list.filter((one, index) => list.findIndex((other) => same(one, other)) === index);
}

function byName(left: RangeReason, right: RangeReason): number {
  return left.dependency < right.dependency ? -1 : Number(left.dependency > right.dependency);
}
