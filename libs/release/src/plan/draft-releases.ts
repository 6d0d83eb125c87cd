import { compareVersions, isPreRelease } from '@nx-pypi/standards';
import { stepText } from '../bump/step.ts';
import type { Detection } from '../detect/detection.ts';
import type { Change, Reason } from '../model/change.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import { heldByChannel, startingDrafts } from './channel-draft.ts';
import type { Draft, PlanInput } from './draft.ts';
import { followingVersion } from './follow.ts';
import { raiseGroups } from './lockstep.ts';
import {
  aheadVersion,
  bumpedVersion,
  firstVersion,
  writtenVersion,
  type PlannedVersion,
  type VersionPolicy,
} from './planned-version.ts';
import { rangesOf, shippedAgain, type Followed, type Ranges } from './ranges.ts';

/**
 * Versions and ranges of everything, as a pure fixpoint: a release may push a dependent's range, which makes the
 * dependent a release of its own, and so on; members of a lockstep group take each other along. It ends, since a package
 * that became a release stays one and versions only rise, up to what is computed from the baselines. The result does not
 * depend on the order of the input.
 */
export function draftReleases(input: PlanInput): ReadonlyMap<string, Draft> {
  const order = input.gating.order.filter((name) => input.detections.has(name));
  let drafts: ReadonlyMap<string, Draft> = startingDrafts(
    order.map((name) => {
      const detection = detectionOf(input, name);
      return { name, detection, draft: firstDraft(detection, input.versions) };
    }),
    input,
  );
  for (let settled = false; !settled;) {
    const next = new Map(drafts);
    raiseGroups(next, input);
    for (const name of order) next.set(name, drafted(detectionOf(input, name), next, input));
    settled = order.every((name) => isSettled(drafts.get(name), next.get(name)));
    drafts = next;
  }
  return drafts;
}

function isSettled(before: Draft | undefined, after: Draft | undefined): boolean {
  return before !== undefined && after !== undefined && sameStep(before, after);
}

function detectionOf(input: PlanInput, name: string): Detection {
  const detection = input.detections.get(name);
  if (detection === undefined) throw new Error(`nothing was detected for ${name}`);
  return detection;
}

/** What the package's own change asks for, whatever its dependencies do. */
function firstDraft(detection: Detection, policy: VersionPolicy): Draft {
  const { change } = detection;
  switch (change.kind) {
    case 'unknown':
      return { kind: 'stop', problem: change.problem };
    case 'unchanged':
      return finalised(detection, change.baseline, policy) ?? { kind: 'keep', version: change.baseline.version };
    case 'superseded':
      return { kind: 'keep', version: change.baseline.version };
    case 'incomplete':
      return release({ kind: 'version', version: change.baseline.version, chosen: false }, [
        { kind: 'missing-artifacts', filenames: change.missing },
      ]);
    case 'new':
      return release(firstVersion(detection, policy), [
        { kind: 'never-published' },
        ...askedVersion(detection, policy),
      ]);
    case 'ahead':
      return release(aheadVersion(detection, policy), change.reasons);
    case 'changed':
      return release(bumpedVersion(detection, change.baseline, policy), change.reasons);
  }
}

/** A first version that is not the manifest's: whoever needs the package has to follow it. */
function askedVersion({ package: pkg }: Detection, policy: VersionPolicy): readonly Reason[] {
  const step = policy.levels.get(pkg.normalizedName) ?? policy.level;
  if (step?.kind !== 'version') return [];
  const written = writtenVersion(pkg, policy);
  const same = written !== null && compareVersions(written, step.version) === 0;
  return same ? [] : [{ kind: 'asked', step: stepText(step) }];
}

/** Rule C2: a pre-release whose content is today's is released as final where that is asked for; else null. */
function finalised(detection: Detection, baseline: PublishedVersion, policy: VersionPolicy): Draft | null {
  const step = policy.levels.get(detection.package.normalizedName) ?? policy.level;
  if (!isPreRelease(baseline.version) || step === null) return null;
  const isFinal =
    step.kind === 'version' ? !isPreRelease(step.version) : step.kind === 'level' && step.level === 'stable';
  return isFinal
    ? release(bumpedVersion(detection, baseline, policy), [{ kind: 'asked', step: stepText(step) }])
    : null;
}

function release(planned: PlannedVersion, reasons: readonly Reason[]): Draft {
  if (planned.kind === 'problem') return { kind: 'stop', problem: planned.problem };
  return { kind: 'release', version: planned.version, chosen: planned.chosen, reasons, constraints: [] };
}

/** What stands once the dependencies are known; in a channel, what that holds already is kept (rule C3). */
function drafted(detection: Detection, drafts: ReadonlyMap<string, Draft>, input: PlanInput): Draft {
  const before = drafts.get(detection.package.normalizedName);
  if (input.versions.channel === undefined || before === undefined || before.kind === 'stop')
    return withRanges(detection, drafts, input);
  // Counted anew from the package's own change, unless its group raised it: what the channel holds may fit again.
  const raised = before.kind === 'release' && before.reasons.some(({ kind }) => kind === 'lockstep');
  const own = raised ? before : firstDraft(detection, input.versions);
  const draft = withRanges(detection, new Map(drafts).set(detection.package.normalizedName, own), input);
  const held = heldByChannel(draft, detection, input);
  const settled = held ?? draft;
  const fallen = settled.kind === 'keep' && compareVersions(settled.version, before.version) < 0;
  return fallen ? (draft.kind === 'release' ? draft : before) : settled;
}

/** Rules F1 and F2 on top of what is drafted for the dependencies. */
function withRanges(detection: Detection, drafts: ReadonlyMap<string, Draft>, input: PlanInput): Draft {
  const draft = drafts.get(detection.package.normalizedName) ?? firstDraft(detection, input.versions);
  const { change } = detection;
  if (draft.kind === 'stop' || !isReleasable(change)) return draft;
  const ranges = rangesOf(detection, { drafts, names: input.names, versions: input.versions });
  if (ranges.kind === 'stop') return staysBehind(draft, ranges, input) ? draft : ranges;
  const follows = input.versions.followRanges && ranges.reasons.length > 0;
  if (draft.kind === 'keep')
    return follows && change.kind === 'unchanged'
      ? following(detection, change.baseline, ranges, { drafts, input })
      : draft;
  if (change.kind === 'incomplete' && isCompletion(draft, change.baseline))
    return follows
      ? following(detection, change.baseline, ranges, { drafts, input })
      : { ...draft, constraints: shippedAgain(detection, input.names) };
  const { constraints } = ranges;
  const standing = { ...draft, reasons: [...ownReasons(draft.reasons), ...ranges.reasons], constraints };
  return follows && change.kind === 'unchanged'
    ? higher(standing, following(detection, change.baseline, ranges, { drafts, input }))
    : standing;
}

function isReleasable(change: Change): change is Exclude<Change, { kind: 'superseded' | 'unknown' }> {
  return change.kind !== 'superseded' && change.kind !== 'unknown';
}

/** A package that stays as it is keeps the range that people keep by hand; a run that writes must not go on beside it. */
function staysBehind(draft: Draft, ranges: Extract<Ranges, { kind: 'stop' }>, { versions }: PlanInput): boolean {
  return draft.kind === 'keep' && ranges.byHand && !versions.writes;
}

/** Whether a drafted release adds to the baseline (rule C4) instead of following it. */
export function isCompletion(draft: Extract<Draft, { kind: 'release' }>, baseline: PublishedVersion): boolean {
  return compareVersions(draft.version, baseline.version) === 0;
}

function sameStep(before: Draft, after: Draft): boolean {
  if (before.kind === 'stop' || after.kind === 'stop' || before.kind !== after.kind) return before.kind === after.kind;
  return compareVersions(before.version, after.version) === 0;
}

function following(
  detection: Detection,
  baseline: PublishedVersion,
  ranges: Followed,
  { drafts, input }: { readonly drafts: ReadonlyMap<string, Draft>; readonly input: PlanInput },
): Draft {
  const version = followingVersion({
    detection,
    baseline,
    reasons: ranges.reasons,
    policy: input.versions,
    stepOf: (dependency) => {
      const [draft, change] = [drafts.get(dependency), input.detections.get(dependency)?.change];
      if (draft === undefined || draft.kind === 'stop' || change === undefined) return null;
      return { before: 'baseline' in change ? change.baseline.version : null, after: draft.version };
    },
  });
  const draft = release(version, ranges.reasons);
  return draft.kind === 'release' ? { ...draft, constraints: ranges.constraints } : draft;
}

/** Of a release that stands and what its ranges ask for: versions never go down while the plan grows. */
function higher(standing: Extract<Draft, { kind: 'release' }>, asked: Draft): Draft {
  if (asked.kind !== 'release' || compareVersions(asked.version, standing.version) <= 0) return standing;
  return { ...standing, version: asked.version, chosen: asked.chosen };
}

function ownReasons(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter((reason) => reason.kind !== 'dependency-range');
}
