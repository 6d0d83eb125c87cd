import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import {
  compareVersions,
  formatVersion,
  isDevRelease,
  isPreRelease,
  specifierAllows,
  type SpecifierSet,
  type Version,
} from '@nx-pypi/standards';
import type { Level } from '../bump/level.ts';
import { bumpVersion } from '../bump/next-version.ts';
import { inLine } from '../detect/baseline.ts';
import type { Detection } from '../detect/detection.ts';
import { localVersion } from '../detect/local-version.ts';
import type { PublishedVersion } from '../model/registry-state.ts';

export interface VersionPolicy {
  /** The run's level where it was asked for; it finalises pre-releases too (rule E2). */
  readonly level: Level | null;
  /** Used where nothing else says one. */
  readonly defaultLevel: Level;
  /** Levels of single packages, by name: the plan's and the run's before the package's own. */
  readonly levels: ReadonlyMap<string, Level>;
  readonly initialVersion: Version;
  readonly releaseDev: boolean;
  /** Number of the first pre-release of a phase. */
  readonly firstPre: bigint;
  readonly line: SpecifierSet;
  /** False: a changed range alone releases nothing (rule G8). */
  readonly followRanges: boolean;
}

export type PlannedVersion =
  | { readonly kind: 'version'; readonly version: Version; readonly chosen: boolean }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** The version of a first release: the manifest's, or `initialVersion` where no file holds one (rule E3). */
export function firstVersion(pkg: PythonPackage, policy: VersionPolicy): PlannedVersion {
  const local = localVersion(pkg);
  switch (local.kind) {
    case 'version':
      return withinLine(pkg, local.version, policy, true);
    case 'dev':
      return policy.releaseDev
        ? withinLine(pkg, local.released, policy, true)
        : { kind: 'problem', problem: devVersion(pkg, local.text, local.released) };
    case 'none':
      return withinLine(pkg, policy.initialVersion, policy, false);
    case 'invalid':
      return { kind: 'problem', problem: invalidVersion(pkg, local.text) };
  }
}

/** Rules E2 and E4: the baseline bumped, above every final release of the line and unlike every version there is. */
export function bumpedVersion(detection: Detection, baseline: PublishedVersion, policy: VersionPolicy): PlannedVersion {
  const pkg = detection.package;
  const asked = policy.levels.get(pkg.normalizedName) ?? policy.level;
  const level = asked ?? (isPreRelease(baseline.version) ? 'prerelease' : policy.defaultLevel);
  const taken = new Set(detection.versions.map((published) => published.text));
  const floor = inLine(detection.versions, policy.line).findLast(
    (published) =>
      !isDevRelease(published.version) && (!isPreRelease(published.version) || isPreRelease(baseline.version)),
  );
  let from = baseline.version;
  if (floor !== undefined && compareVersions(floor.version, from) > 0) from = floor.version;
  for (;;) {
    const bumped = bumpVersion(from, level, policy.firstPre);
    if (bumped.kind === 'refused') return { kind: 'problem', problem: refused(pkg, bumped.message) };
    if (!taken.has(formatVersion(bumped.version))) return withinLine(pkg, bumped.version, policy, false);
    from = bumped.version;
  }
}

/** Rule E1: a local version above the baseline is released as it stands. */
export function aheadVersion(detection: Detection, policy: VersionPolicy): PlannedVersion {
  return firstVersion(detection.package, policy);
}

function withinLine(pkg: PythonPackage, version: Version, policy: VersionPolicy, chosen: boolean): PlannedVersion {
  if (specifierAllows(policy.line, version, 'always')) return { kind: 'version', version, chosen };
  return {
    kind: 'problem',
    problem: {
      code: 'NXPYPI_OUTSIDE_LINE',
      message: `${pkg.normalizedName} would become ${formatVersion(version)}, which this branch may not release`,
      hint: 'release it from a branch whose line holds that version (option releaseBranches), or choose another level',
      where: pkg.manifest,
    },
  };
}

function devVersion(pkg: PythonPackage, text: string, released: Version): Problem {
  return {
    code: 'NXPYPI_DEV_VERSION',
    message: `${pkg.normalizedName} says version '${text}', a development version`,
    hint: `set the option releaseDev to release it as ${formatVersion(released)}, or write the version to release into the manifest`,
    where: pkg.manifest,
  };
}

function invalidVersion(pkg: PythonPackage, text: string): Problem {
  return {
    code: 'NXPYPI_INVALID_VERSION',
    message: `${pkg.normalizedName} says version '${text}', which is not a version by PEP 440`,
    hint: 'write a version such as 1.2.3 or 1.2.3rc1',
    where: pkg.manifest,
  };
}

function refused(pkg: PythonPackage, message: string): Problem {
  return {
    code: 'NXPYPI_BUMP_REFUSED',
    message: `${pkg.normalizedName}: ${message}`,
    hint: 'choose another level',
    where: pkg.manifest,
  };
}
