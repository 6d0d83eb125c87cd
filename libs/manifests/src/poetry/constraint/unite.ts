import { compareVersions } from '@nx-pypi/standards';
import type { Version } from '@nx-pypi/standards';
import type { Clause } from './term.ts';
import { nextRelease } from './term.ts';

interface Bound {
  readonly version: Version;
  readonly inclusive: boolean;
}

/** Null is unbounded. */
interface Interval {
  readonly lower: Bound | null;
  readonly upper: Bound | null;
}

const MOST_EXCLUSIONS = 20;

/** Clauses that admit what any of the alternatives admits, or null where `!=` cannot cut out the gaps between them. */
export function unitedClauses(alternatives: readonly (readonly Clause[])[]): readonly Clause[] | null {
  const intervals = alternatives.map(intervalOf);
  if (!intervals.every((interval) => interval !== null)) {
    return null;
  }
  const merged = merge(intervals);
  const clauses: Clause[] = boundClauses(merged[0]?.lower ?? null, merged.at(-1)?.upper ?? null);
  for (const [index, interval] of merged.entries()) {
    const next = merged[index + 1];
    if (next === undefined) {
      return clauses;
    }
    const cut = exclusions(interval.upper, next.lower);
    if (cut === null) {
      return null;
    }
    clauses.push(...cut);
  }
  return clauses;
}

function intervalOf(clauses: readonly Clause[]): Interval | null {
  let interval: Interval = { lower: null, upper: null };
  for (const clause of clauses) {
    const narrowed = narrow(interval, clause);
    if (narrowed === null) {
      return null;
    }
    interval = narrowed;
  }
  return interval;
}

function narrow(interval: Interval, { operator, version, wildcard }: Clause): Interval | null {
  const bound = { version, inclusive: operator.endsWith('=') };
  switch (operator) {
    case '>=':
    case '>':
      return { ...interval, lower: highest(interval.lower, bound) };
    case '<=':
    case '<':
      return { ...interval, upper: lowest(interval.upper, bound) };
    case '==': {
      const above = { version: nextRelease(version, version.release.length - 1), inclusive: false };
      return { lower: highest(interval.lower, bound), upper: lowest(interval.upper, wildcard ? above : bound) };
    }
    case '!=':
      return null;
  }
}

function highest(left: Bound | null, right: Bound): Bound {
  if (left === null) {
    return right;
  }
  const order = compareVersions(left.version, right.version);
  return order > 0 || (order === 0 && !left.inclusive) ? left : right;
}

function lowest(left: Bound | null, right: Bound): Bound {
  if (left === null) {
    return right;
  }
  const order = compareVersions(left.version, right.version);
  return order < 0 || (order === 0 && !left.inclusive) ? left : right;
}

function merge(intervals: readonly Interval[]): readonly Interval[] {
  const merged: Interval[] = [];
  for (const interval of intervals.toSorted(byLower)) {
    const last = merged.at(-1);
    if (last === undefined || !touches(last.upper, interval.lower)) {
      merged.push(interval);
    } else {
      merged[merged.length - 1] = { lower: last.lower, upper: furthest(last.upper, interval.upper) };
    }
  }
  return merged;
}

function byLower(left: Interval, right: Interval): number {
  if (left.lower === null || right.lower === null) {
    return Number(left.lower !== null) - Number(right.lower !== null);
  }
  const order = compareVersions(left.lower.version, right.lower.version);
  return order === 0 ? Number(right.lower.inclusive) - Number(left.lower.inclusive) : order;
}

function touches(upper: Bound | null, lower: Bound | null): boolean {
  if (upper === null || lower === null) {
    return true;
  }
  const order = compareVersions(upper.version, lower.version);
  return order > 0 || (order === 0 && (upper.inclusive || lower.inclusive));
}

function furthest(left: Bound | null, right: Bound | null): Bound | null {
  if (left === null || right === null) {
    return null;
  }
  return lowest(left, right) === left ? right : left;
}

function boundClauses(lower: Bound | null, upper: Bound | null): Clause[] {
  if (lower !== null && upper !== null && compareVersions(lower.version, upper.version) === 0) {
    return [{ operator: '==', version: lower.version, wildcard: false }];
  }
  const clauses: Clause[] = [];
  if (lower !== null) {
    clauses.push({ operator: lower.inclusive ? '>=' : '>', version: lower.version, wildcard: false });
  }
  if (upper !== null) {
    clauses.push({ operator: upper.inclusive ? '<=' : '<', version: upper.version, wildcard: false });
  }
  return clauses;
}

/** `!=` clauses for exactly the versions from `upper` to `lower`. */
function exclusions(upper: Bound | null, lower: Bound | null): readonly Clause[] | null {
  if (upper === null || lower === null || upper.inclusive) {
    return null;
  }
  if (compareVersions(upper.version, lower.version) === 0) {
    return [{ operator: '!=', version: upper.version, wildcard: false }];
  }
  return lower.inclusive ? wildcardExclusions(upper.version, lower.version) : null;
}

function wildcardExclusions(from: Version, to: Version): readonly Clause[] | null {
  const length = Math.max(significant(from), significant(to));
  const release = Array.from({ length }, (_, index) => from.release[index] ?? 0n);
  let prefix: Version = { ...from, release };
  const clauses: Clause[] = [];
  while (compareVersions(prefix, to) < 0) {
    if (clauses.length === MOST_EXCLUSIONS) {
      return null;
    }
    clauses.push({ operator: '!=', version: prefix, wildcard: true });
    prefix = nextRelease(prefix, length - 1);
  }
  return isPlain(from) && isPlain(to) && compareVersions(prefix, to) === 0 ? clauses : null;
}

function isPlain(version: Version): boolean {
  return version.pre === null && version.post === null && version.dev === null && version.local === null;
}

/** Segments up to the last that is not zero, at least one. */
function significant(version: Version): number {
  return Math.max(1, version.release.findLastIndex((segment) => segment !== 0n) + 1);
}
