import type { OrderedSpecifier, Specifier, SpecifierSet } from '../specifiers/specifier.ts';
import { formatVersion } from '../versions/format-version.ts';
import { parseVersion } from '../versions/parse-version.ts';
import { isPreRelease, type Version } from '../versions/version.ts';
import { after, afterLocals, afterPosts, before, beforeDevs, BOTTOM, type Cut } from './cut.ts';
import { complementRange, EVERY_VERSION, intersectRanges, rangeBetween, type VersionRange } from './version-range.ts';

/**
 * The versions that `set` allows, pre-releases included wherever they lie in it.
 * A range is a set of points of PEP 440's order: `===1.0`, which tells `1.0` from the equal `1.0.0`, is the point of both,
 * and `===` of a text that is no canonical version is empty.
 */
export function rangeOf(set: SpecifierSet): VersionRange {
  return set.clauses.map(rangeOfClause).reduce(intersectRanges, EVERY_VERSION);
}

const RANGES: Readonly<Record<OrderedSpecifier['operator'], (version: Version, wildcard: boolean) => VersionRange>> = {
  '==': (version, wildcard) => equalTo(version, wildcard),
  '!=': (version, wildcard) => complementRange(equalTo(version, wildcard)),
  '>=': (version) => rangeBetween(before(version), null),
  '<=': (version) => rangeBetween(BOTTOM, afterLocals(version)),
  '>': (version) => rangeBetween(isPostOrDev(version) ? afterLocals(version) : afterPosts(version), null),
  '<': (version) => rangeBetween(BOTTOM, isPreRelease(version) ? before(version) : beforeDevs(version)),
  '~=': (version) => rangeBetween(before(version), afterPrefix(version, version.release.slice(0, -1))),
};

function rangeOfClause(clause: Specifier): VersionRange {
  if (clause.kind === 'arbitrary') return rangeOfText(clause.written);
  return RANGES[clause.operator](clause.version, clause.wildcard);
}

function rangeOfText(text: string): VersionRange {
  const version = parseVersion(text);
  if (version === null || formatVersion(version) !== text.toLowerCase()) return { intervals: [] };
  return rangeBetween(before(version), after(version));
}

function equalTo(version: Version, wildcard: boolean): VersionRange {
  if (wildcard) return rangeBetween(beforeDevs(version), afterPrefix(version, version.release));
  return rangeBetween(before(version), version.local === null ? afterLocals(version) : after(version));
}

/** Above every version whose release begins with `prefix`. */
function afterPrefix({ epoch }: Version, prefix: readonly bigint[]): Cut {
  const release = [...prefix.slice(0, -1), (prefix.at(-1) ?? 0n) + 1n];
  return beforeDevs({ epoch, release, pre: null, post: null, dev: null, local: null });
}

function isPostOrDev(version: Version): boolean {
  return version.post !== null || version.dev !== null;
}
