import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import {
  compareVersions,
  formatVersion,
  isDevRelease,
  isPreRelease,
  specifierAllows,
  type Version,
} from '@nx-pypi/standards';
import type { Level } from '../bump/level.ts';
import type { Step } from '../bump/step.ts';
import { bumpVersion, type Bumped } from '../bump/next-version.ts';
import { inLine, lineOf, type LinePolicy } from '../detect/baseline/baseline.ts';
import type { Detection } from '../detect/detection.ts';
import { localVersion } from '../detect/local-version.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import { devVersion, invalidVersion, notBumped, notFree, outsideLine, refused } from './version-problems.ts';
import { channelVersion } from './channel-version.ts';
import type { Channel } from '../policy/channel.ts';
import type { DependentsPolicy } from '../policy/dependents.ts';

export interface VersionPolicy extends LinePolicy {
  /** The run's step where it was asked for; it finalises pre-releases too (rule E2). */
  readonly level: Step | null;
  /** Used where nothing else says one. */
  readonly defaultLevel: Level;
  /** Steps of single packages, by name: the plan's and the run's before the package's own. */
  readonly levels: ReadonlyMap<string, Step>;
  readonly initialVersion: Version;
  readonly releaseDev: boolean;
  /** Number of the first pre-release of a phase. */
  readonly firstPre: bigint;
  /** False: a changed range alone releases nothing (rule G8). */
  readonly followRanges: boolean;
  readonly dependents: DependentsPolicy;
  /** Rule E6: never choose; what changed and was not bumped is an error. */
  readonly committed: boolean;
  /**
   * True for a run that writes versions into manifests: only what it moves itself is followed, declarations without a
   * range stay as they are, and a ceiling that people keep by hand is an error.
   */
  readonly writes: boolean;
  /** Rule C3: pre-releases of the versions that would be released otherwise. */
  readonly channel?: Channel;
}

export type PlannedVersion =
  | { readonly kind: 'version'; readonly version: Version; readonly chosen: boolean }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** The version of a first release: the one asked for, the manifest's, or `initialVersion` where no file holds one (rule E3). */
export function firstVersion(detection: Detection, policy: VersionPolicy): PlannedVersion {
  return inChannel(firstFinal(detection, policy), detection, policy);
}

function firstFinal(detection: Detection, policy: VersionPolicy): PlannedVersion {
  const pkg = detection.package;
  const step = stepFor(pkg, policy);
  if (step?.kind === 'version') return explicitVersion(detection, step.version, null, policy);
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

/**
 * Rules E2, E4 and E5: the baseline bumped, above every final release of the line and unlike every version there is; a
 * manifest that is already at or above the result stays.
 */
export function bumpedVersion(detection: Detection, baseline: PublishedVersion, policy: VersionPolicy): PlannedVersion {
  return inChannel(bumpedFinal(detection, baseline, policy), detection, policy);
}

function inChannel(planned: PlannedVersion, detection: Detection, { channel }: VersionPolicy): PlannedVersion {
  return channel === undefined ? planned : channelVersion(planned, detection, channel);
}

function bumpedFinal(detection: Detection, baseline: PublishedVersion, policy: VersionPolicy): PlannedVersion {
  const pkg = detection.package;
  if (policy.committed) return { kind: 'problem', problem: notBumped(pkg, baseline.text) };
  const step = stepFor(pkg, policy);
  const from = highestOf(detection, baseline, policy);
  if (step?.kind === 'version') return explicitVersion(detection, step.version, from, policy);
  const said = localVersion(pkg);
  // An edit replaces a version: what is none, a comment or a template perhaps, is for people.
  if (policy.writes && said.kind === 'invalid') return { kind: 'problem', problem: invalidVersion(pkg, said.text) };
  const level = step?.level ?? (isPreRelease(baseline.version) ? 'prerelease' : policy.defaultLevel);
  const taken = new Set(detection.versions.map((published) => published.text));
  const bumped = nextFree(from, level, taken, policy.firstPre);
  if (bumped.kind === 'refused') return { kind: 'problem', problem: refused(pkg, bumped.message) };
  const local = writtenVersion(pkg, policy);
  if (local !== null && compareVersions(local, bumped.version) >= 0) return withinLine(pkg, local, policy, true);
  return withinLine(pkg, bumped.version, policy, false);
}

function stepFor(pkg: PythonPackage, policy: VersionPolicy): Exclude<Step, { kind: 'auto' }> | null {
  const step = policy.levels.get(pkg.normalizedName) ?? policy.level;
  if (step?.kind === 'auto') throw new Error(`the commits of ${pkg.normalizedName} were not read`);
  return step;
}

/** The baseline, or the release of the line above it that no baseline may be (rules B6 and E4). */
function highestOf(detection: Detection, baseline: PublishedVersion, policy: VersionPolicy): Version {
  const floor = inLine(detection.versions, lineOf(detection.package.normalizedName, policy)).findLast(
    (published) =>
      !isDevRelease(published.version) && (!isPreRelease(published.version) || isPreRelease(baseline.version)),
  );
  return floor !== undefined && compareVersions(floor.version, baseline.version) > 0 ? floor.version : baseline.version;
}

/** The step, repeated while it leads to a version that exists (rule E4). */
export function nextFree(from: Version, level: Level, taken: ReadonlySet<string>, firstPre: bigint): Bumped {
  let bumped = bumpVersion(from, level, firstPre);
  while (bumped.kind === 'version' && taken.has(formatVersion(bumped.version)))
    bumped = bumpVersion(bumped.version, level, firstPre);
  return bumped;
}

/** What the manifest says that will be released; null where it holds no such number. */
export function writtenVersion(pkg: PythonPackage, policy: Pick<VersionPolicy, 'releaseDev'>): Version | null {
  const local = localVersion(pkg);
  if (local.kind === 'version') return local.version;
  return local.kind === 'dev' && policy.releaseDev ? local.released : null;
}

/** A number that a person chose (rule E4): neither taken, nor below the line's highest or the manifest's own. */
function explicitVersion(
  detection: Detection,
  version: Version,
  highest: Version | null,
  policy: VersionPolicy,
): PlannedVersion {
  const pkg = detection.package;
  const [text, chosen] = [formatVersion(version), version];
  const taken = detection.versions.find((published) => compareVersions(published.version, chosen) === 0);
  if (taken !== undefined)
    return { kind: 'problem', problem: notFree('NXPYPI_VERSION_TAKEN', pkg, text, `the registry has it already`) };
  if (highest !== null && compareVersions(version, highest) < 0)
    return {
      kind: 'problem',
      problem: notFree(
        'NXPYPI_VERSION_LOWER',
        pkg,
        text,
        `the registry has ${formatVersion(highest)}, which is higher`,
      ),
    };
  const local = writtenVersion(pkg, policy);
  if (local !== null && compareVersions(version, local) < 0)
    return {
      kind: 'problem',
      problem: notFree('NXPYPI_VERSION_LOWER', pkg, text, `its manifest says ${formatVersion(local)}, which is higher`),
    };
  return withinLine(pkg, version, policy, true);
}

/** Rule E1: a local version above the baseline is released as it stands, unless a person chose a higher one. */
export function aheadVersion(detection: Detection, policy: VersionPolicy): PlannedVersion {
  return firstVersion(detection, policy);
}

function withinLine(pkg: PythonPackage, version: Version, policy: VersionPolicy, chosen: boolean): PlannedVersion {
  if (specifierAllows(lineOf(pkg.normalizedName, policy), version, 'always'))
    return { kind: 'version', version, chosen };
  return {
    kind: 'problem',
    problem: outsideLine(pkg, version),
  };
}
