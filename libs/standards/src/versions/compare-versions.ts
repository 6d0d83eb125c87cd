import type { Version } from './version.ts';

type LocalSegment = bigint | string;

/**
 * The total order of PEP 440: negative, zero or positive as `a` sorts before, with or after `b`.
 * Missing release segments count as zero, so `1.0` and `1.0.0` are equal.
 */
export function compareVersions(a: Version, b: Version): number {
  return (
    compareReleases(a, b) || comparePre(a, b) || comparePost(a.post, b.post) || compareDev(a, b) || compareLocals(a, b)
  );
}

/** Compares epoch and release alone. */
export function compareReleases(a: Version, b: Version): number {
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  const length = Math.max(a.release.length, b.release.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.release[index] ?? 0n;
    const right = b.release[index] ?? 0n;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function comparePre(a: Version, b: Version): number {
  const byPhase = phaseRank(a) - phaseRank(b);
  if (byPhase !== 0 || a.pre === null || b.pre === null) return byPhase;
  return compareNumbers(a.pre.number, b.pre.number);
}

/** A dev release of the final version sorts before its alphas; with a pre or post part, dev is decided later. */
function phaseRank({ pre, post, dev }: Version): number {
  if (pre === null) return post === null && dev !== null ? 0 : 4;
  if (pre.phase === 'a') return 1;
  return pre.phase === 'b' ? 2 : 3;
}

function comparePost(a: bigint | null, b: bigint | null): number {
  if (a === null) return b === null ? 0 : -1;
  return b === null ? 1 : compareNumbers(a, b);
}

function compareDev({ dev: a }: Version, { dev: b }: Version): number {
  if (a === null) return b === null ? 0 : 1;
  return b === null ? -1 : compareNumbers(a, b);
}

function compareLocals({ local: a }: Version, { local: b }: Version): number {
  if (a === null) return b === null ? 0 : -1;
  if (b === null) return 1;
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const order = compareSegments(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numbers sort after text (PEP 440, "Local version identifiers"). */
function compareSegments(a: LocalSegment, b: LocalSegment): number {
  if (typeof a !== typeof b) return typeof a === 'string' ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareNumbers(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
