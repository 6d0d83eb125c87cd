import { compareVersions, formatVersion, type Version } from '@nx-pypi/standards';
import type { Problem } from '@nx-pypi/manifests';
import type { Detection } from '../detect/detection.ts';
import type { Draft, PlanInput } from './draft.ts';
import { nextFree } from './planned-version.ts';
import { isMoved } from './ranges.ts';
import { notBumped } from './version-problems.ts';

/**
 * Rule F3, lockstep: members of a group share one version, the highest that any of them has or gets. Whoever lags behind
 * is released at it. Changes `drafts` in place; versions only rise.
 */
export function raiseGroups(drafts: Map<string, Draft>, input: PlanInput): void {
  for (const members of new Set(input.versions.dependents.lockstep.values())) {
    const present = members.filter((name) => drafts.has(name));
    if (present.length > 1) raiseGroup(present, drafts, input);
  }
}

function raiseGroup(members: readonly string[], drafts: Map<string, Draft>, input: PlanInput): void {
  const known = members.flatMap((name) => {
    const [draft, detection] = [drafts.get(name), input.detections.get(name)];
    return draft === undefined || detection === undefined ? [] : [{ name, draft, detection }];
  });
  if (input.versions.writes && !known.some(({ draft }) => isMoved(draft))) return;
  const stopped = known.find(({ draft }) => draft.kind === 'stop');
  if (stopped !== undefined) {
    for (const { name, draft, detection } of known)
      if (draft.kind === 'release') drafts.set(name, { kind: 'stop', problem: unknownGroup(detection, stopped.name) });
    return;
  }
  const version = sharedVersion(known, input);
  for (const { name, draft, detection } of known) {
    if (draft.kind === 'stop' || detection.change.kind === 'superseded') continue;
    if (compareVersions(draft.version, version) >= 0) continue;
    if (input.versions.committed && 'baseline' in detection.change) {
      drafts.set(name, { kind: 'stop', problem: notBumped(detection.package, detection.change.baseline.text) });
      continue;
    }
    const own = draft.kind === 'release' ? draft.reasons.filter((reason) => reason.kind !== 'lockstep') : [];
    drafts.set(name, {
      kind: 'release',
      version,
      chosen: false,
      reasons: [...own, { kind: 'lockstep', group: members, version: formatVersion(version) }],
      constraints: draft.kind === 'release' ? draft.constraints : [],
    });
  }
}

interface Member {
  readonly name: string;
  readonly draft: Draft;
  readonly detection: Detection;
}

/** The highest version of the group, moved on while a member that still has to be released has it already (rule E4). */
function sharedVersion(known: readonly Member[], { versions }: PlanInput): Version {
  const all = known.flatMap(({ draft }) => (draft.kind === 'stop' ? [] : [draft.version]));
  const highest = all.toSorted(compareVersions).at(-1);
  if (highest === undefined) throw new Error('a group without versions');
  // A channel's number may be given: what it holds at that version already is asked when it is uploaded (G4).
  if (versions.channel !== undefined) return highest;
  const lagging = known.filter(({ draft }) => draft.kind !== 'stop' && compareVersions(draft.version, highest) < 0);
  const taken = new Set(lagging.flatMap(({ detection }) => detection.versions.map((published) => published.text)));
  if (!taken.has(formatVersion(highest))) return highest;
  const free = nextFree(highest, 'patch', taken, versions.firstPre);
  return free.kind === 'version' ? free.version : highest;
}

function unknownGroup({ package: pkg }: Detection, stopped: string): Problem {
  return {
    code: 'NXPYPI_LOCKSTEP_STOPPED',
    message: `${pkg.normalizedName} shares its version with ${stopped}, which can't be released`,
    hint: `mend what stops ${stopped}, or take it out of the lockstep group`,
    where: pkg.manifest,
  };
}
