import type { Version } from '../versions/version.ts';
import { BOTTOM, compareCuts, liesBelow, type Cut } from './cut.ts';

/** The versions between two cuts; `upper` null is unbounded. */
export interface Interval {
  readonly lower: Cut;
  readonly upper: Cut | null;
}

/** A set of versions: intervals that are not empty, ascending, with versions between each and the next. One form per set. */
export interface VersionRange {
  readonly intervals: readonly Interval[];
}

export const EVERY_VERSION: VersionRange = { intervals: [{ lower: BOTTOM, upper: null }] };

/** The range between two cuts, without versions when they are the wrong way round. */
export function rangeBetween(lower: Cut, upper: Cut | null): VersionRange {
  return { intervals: isInterval(lower, upper) ? [{ lower, upper }] : [] };
}

/** All that lies in no interval of `range`. */
export function complementRange(range: VersionRange): VersionRange {
  const intervals: Interval[] = [];
  let lower: Cut | null = BOTTOM;
  for (const interval of range.intervals) {
    if (lower !== null && isInterval(lower, interval.lower)) intervals.push({ lower, upper: interval.lower });
    lower = interval.upper;
  }
  if (lower !== null) intervals.push({ lower, upper: null });
  return { intervals };
}

/** The versions that lie in both. */
export function intersectRanges(a: VersionRange, b: VersionRange): VersionRange {
  const intervals: Interval[] = [];
  let inA = 0;
  let inB = 0;
  for (;;) {
    const left = a.intervals[inA];
    const right = b.intervals[inB];
    if (left === undefined || right === undefined) return { intervals };
    const lower = compareCuts(left.lower, right.lower) >= 0 ? left.lower : right.lower;
    const leftEndsFirst = compareUppers(left.upper, right.upper) <= 0;
    const upper = leftEndsFirst ? left.upper : right.upper;
    if (isInterval(lower, upper)) intervals.push({ lower, upper });
    if (leftEndsFirst) inA += 1;
    else inB += 1;
  }
}

export function isEmptyRange(range: VersionRange): boolean {
  return range.intervals.length === 0;
}

/** Whether two ranges hold the same versions. */
export function equalRanges(a: VersionRange, b: VersionRange): boolean {
  if (a.intervals.length !== b.intervals.length) return false;
  return a.intervals.every((interval, index) => {
    const other = b.intervals[index];
    return other !== undefined && isSameInterval(interval, other);
  });
}

/** Whether every version of `a` lies in `b`. */
export function isSubrange(a: VersionRange, b: VersionRange): boolean {
  return equalRanges(intersectRanges(a, b), a);
}

/** Whether `version` lies in `range`; pre-releases are versions like any other. */
export function rangeContains(range: VersionRange, version: Version): boolean {
  return range.intervals.some(
    ({ lower, upper }) => !liesBelow(version, lower) && (upper === null || liesBelow(version, upper)),
  );
}

function isInterval(lower: Cut, upper: Cut | null): boolean {
  return upper === null || compareCuts(lower, upper) < 0;
}

function isSameInterval(a: Interval, b: Interval): boolean {
  return compareCuts(a.lower, b.lower) === 0 && compareUppers(a.upper, b.upper) === 0;
}

function compareUppers(a: Cut | null, b: Cut | null): number {
  if (a === null) return b === null ? 0 : 1;
  return b === null ? -1 : compareCuts(a, b);
}
