import { compareVersions, intersectRanges, isEmptyRange, rangeOf, type Version } from '@nx-pypi/standards';
import type { Level } from '../bump/level.ts';
import type { Detection } from '../detect/detection.ts';
import type { Reason } from '../model/change.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import { bumpedVersion, type PlannedVersion, type VersionPolicy } from './planned-version.ts';
import { parsedSet } from './parsed-set.ts';

export interface FollowInput {
  readonly detection: Detection;
  readonly baseline: PublishedVersion;
  /** Why it follows: its ranges that were rewritten. */
  readonly reasons: readonly Reason[];
  readonly policy: VersionPolicy;
  /** The version of a dependency before and after the run; null where it had none. */
  readonly stepOf: (dependency: string) => { readonly before: Version | null; readonly after: Version } | null;
}

/** Rule F3: the version of a package that is released only because a range of it was rewritten. */
export function followingVersion({ detection, baseline, reasons, policy, stepOf }: FollowInput): PlannedVersion {
  const levels = policy.dependents.level === 'match' ? reasons.map((reason) => matchingLevel(reason, stepOf)) : [];
  const level: Level = levels.includes('major') ? 'major' : levels.includes('minor') ? 'minor' : 'patch';
  return bumpedVersion(detection, baseline, { ...policy, level: null, levels: new Map(), defaultLevel: level });
}

/** `match`: the dependency's own level where nothing that was accepted before is accepted now. */
function matchingLevel(reason: Reason, stepOf: FollowInput['stepOf']): Level {
  if (reason.kind !== 'dependency-range' || !isDisjoint(reason.before, reason.after)) return 'patch';
  const step = stepOf(reason.dependency);
  return step === null || step.before === null ? 'patch' : levelBetween(step.before, step.after);
}

function isDisjoint(before: string, after: string): boolean {
  const [left, right] = [parsedSet(before), parsedSet(after)];
  return left !== null && right !== null && isEmptyRange(intersectRanges(rangeOf(left), rangeOf(right)));
}

/** The highest release segment that differs. */
function levelBetween(before: Version, after: Version): 'major' | 'minor' | 'patch' {
  if (compareVersions(after, before) <= 0) return 'patch';
  if (before.epoch !== after.epoch || (before.release[0] ?? 0n) !== (after.release[0] ?? 0n)) return 'major';
  return (before.release[1] ?? 0n) === (after.release[1] ?? 0n) ? 'patch' : 'minor';
}
