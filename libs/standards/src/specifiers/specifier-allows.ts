import { compareReleases, compareVersions } from '../versions/compare-versions.ts';
import { formatVersion } from '../versions/format-version.ts';
import { parseVersion } from '../versions/parse-version.ts';
import { isPreRelease, publicVersion, type Version } from '../versions/version.ts';
import type { OrderedSpecifier, Specifier, SpecifierSet } from './specifier.ts';

/**
 * What is made of alpha, beta, rc and dev releases that lie in the set:
 * `default` admits them only where a clause itself names one, as an installer that was not asked for pre-releases does
 * (PEP 440, "Handling of pre-releases"; `!=` and wildcards name none); `always` admits and `never` refuses them.
 */
export type PreReleases = 'default' | 'always' | 'never';

/** Whether `version` satisfies every clause of `set`. */
export function specifierAllows(set: SpecifierSet, version: Version, preReleases: PreReleases): boolean {
  if (isPreRelease(version) && !admitsPreReleases(set, preReleases)) return false;
  return set.clauses.every((clause) => clauseAllows(clause, version));
}

function admitsPreReleases(set: SpecifierSet, preReleases: PreReleases): boolean {
  return preReleases === 'always' || (preReleases === 'default' && set.clauses.some(namesPreRelease));
}

function namesPreRelease(clause: Specifier): boolean {
  if (clause.kind === 'ordered') return clause.operator !== '!=' && isPreRelease(clause.version);
  const version = parseVersion(clause.written);
  return version !== null && isPreRelease(version);
}

const ALLOWS: Readonly<Record<OrderedSpecifier['operator'], (clause: OrderedSpecifier, version: Version) => boolean>> =
  {
    '==': (clause, version) => isEqual(clause, version),
    '!=': (clause, version) => !isEqual(clause, version),
    '>=': (clause, version) => compareVersions(version, clause.version) >= 0,
    '<=': (clause, version) => compareVersions(publicVersion(version), clause.version) <= 0,
    '>': (clause, version) => isAbove(clause.version, version),
    '<': (clause, version) => isBelow(clause.version, version),
    '~=': (clause, version) => isCompatible(clause.version, version),
  };

function clauseAllows(clause: Specifier, version: Version): boolean {
  if (clause.kind === 'arbitrary') return formatVersion(version) === clause.written.toLowerCase();
  return ALLOWS[clause.operator](clause, version);
}

/** A clause without a local part disregards the candidate's. */
function isEqual(clause: OrderedSpecifier, version: Version): boolean {
  if (clause.wildcard) return hasPrefix(version, clause.version.epoch, clause.version.release);
  const candidate = clause.version.local === null ? publicVersion(version) : version;
  return compareVersions(candidate, clause.version) === 0;
}

function hasPrefix(version: Version, epoch: bigint, prefix: readonly bigint[]): boolean {
  return version.epoch === epoch && prefix.every((segment, index) => segment === (version.release[index] ?? 0n));
}

/** `>1.0` admits neither `1.0+local` nor `1.0.post1`; a bound that is itself a post or dev release admits later ones. */
function isAbove(bound: Version, version: Version): boolean {
  if (compareVersions(publicVersion(version), bound) <= 0) return false;
  const boundHasPosts = bound.post === null && bound.dev === null;
  return !(boundHasPosts && version.post !== null && isSameReleaseAndPre(bound, version));
}

/** `<1.0` does not admit pre-releases of 1.0; a bound that is itself a pre-release admits earlier ones. */
function isBelow(bound: Version, version: Version): boolean {
  if (compareVersions(version, bound) >= 0) return false;
  if (isPreRelease(bound) || !isPreRelease(version)) return true;
  return !(compareReleases(bound, version) === 0 && isPreReleaseOf(bound, version));
}

/** Pre-releases of the post-release 1.0.post2 are its dev releases alone; of 1.0, all that sort before it. */
function isPreReleaseOf(bound: Version, version: Version): boolean {
  return bound.post === null || (version.pre === null && version.post === bound.post);
}

function isSameReleaseAndPre(a: Version, b: Version): boolean {
  if (compareReleases(a, b) !== 0) return false;
  return a.pre?.phase === b.pre?.phase && a.pre?.number === b.pre?.number;
}

/** `~=1.4.5` is `>=1.4.5,==1.4.*` (PEP 440, "Compatible release"). */
function isCompatible(bound: Version, version: Version): boolean {
  return compareVersions(version, bound) >= 0 && hasPrefix(version, bound.epoch, bound.release.slice(0, -1));
}
