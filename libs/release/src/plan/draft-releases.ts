import type { Problem } from '@nx-pypi/manifests';
import { compareVersions, type Version } from '@nx-pypi/standards';
import type { Detection } from '../detect/detection.ts';
import type { Gating } from '../graph/gating.ts';
import type { Reason } from '../model/change.ts';
import type { PlannedConstraint } from '../model/plan.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import {
  aheadVersion,
  bumpedVersion,
  firstVersion,
  type PlannedVersion,
  type VersionPolicy,
} from './planned-version.ts';
import { rangesOf, shippedAgain, type Followed } from './ranges.ts';

export interface PlanInput {
  /** Every package of the run and everything that these need, by name. */
  readonly detections: ReadonlyMap<string, Detection>;
  readonly gating: Gating;
  /** All normalised names of the workspace. */
  readonly names: ReadonlySet<string>;
  readonly versions: VersionPolicy;
}

/** What the fixpoint holds of one package. */
export type Draft =
  | {
      readonly kind: 'release';
      readonly version: Version;
      readonly chosen: boolean;
      readonly reasons: readonly Reason[];
      readonly constraints: readonly PlannedConstraint[];
    }
  | { readonly kind: 'keep'; readonly version: Version }
  | { readonly kind: 'stop'; readonly problem: Problem };

/**
 * Versions and ranges of everything, as a pure fixpoint: a release may push a dependent's range, which makes the
 * dependent a release of its own, and so on. It ends, since a package that became a release stays one and its version
 * does not change any more, but for an incomplete one that is followed by its next version. The result does not depend on the order of the input.
 */
export function draftReleases(input: PlanInput): ReadonlyMap<string, Draft> {
  const order = input.gating.order.filter((name) => input.detections.has(name));
  let drafts: ReadonlyMap<string, Draft> = new Map(
    order.map((name) => [name, firstDraft(detectionOf(input, name), input.versions)]),
  );
  for (let settled = false; !settled;) {
    settled = true;
    const next = new Map(drafts);
    for (const name of order) {
      const before = next.get(name);
      const after = withRanges(detectionOf(input, name), next, input);
      if (before === undefined || !sameStep(before, after)) settled = false;
      next.set(name, after);
    }
    drafts = next;
  }
  return drafts;
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
    case 'superseded':
      return { kind: 'keep', version: change.baseline.version };
    case 'incomplete':
      return release({ kind: 'version', version: change.baseline.version, chosen: false }, [
        { kind: 'missing-artifacts', filenames: change.missing },
      ]);
    case 'new':
      return release(firstVersion(detection.package, policy), [{ kind: 'never-published' }]);
    case 'ahead':
      return release(aheadVersion(detection, policy), change.reasons);
    case 'changed':
      return release(bumpedVersion(detection, change.baseline, policy), change.reasons);
  }
}

function release(planned: PlannedVersion, reasons: readonly Reason[]): Draft {
  if (planned.kind === 'problem') return { kind: 'stop', problem: planned.problem };
  return { kind: 'release', version: planned.version, chosen: planned.chosen, reasons, constraints: [] };
}

/** Rules F1 and F2 on top of what is drafted for the dependencies. */
function withRanges(detection: Detection, drafts: ReadonlyMap<string, Draft>, input: PlanInput): Draft {
  const draft = drafts.get(detection.package.normalizedName) ?? firstDraft(detection, input.versions);
  const { change } = detection;
  if (draft.kind === 'stop' || change.kind === 'superseded' || change.kind === 'unknown') return draft;
  const ranges = rangesOf(detection, drafts, input.names);
  if (ranges.kind === 'stop') return ranges;
  if (change.kind === 'incomplete' && draft.kind === 'release' && isCompletion(draft, change.baseline)) {
    if (ranges.reasons.length === 0 || !input.versions.followRanges)
      return { ...draft, constraints: shippedAgain(detection, input.names) };
    return following(detection, change.baseline, ranges, input);
  }
  if (draft.kind === 'release')
    return { ...draft, reasons: [...ownReasons(draft.reasons), ...ranges.reasons], constraints: ranges.constraints };
  if (change.kind !== 'unchanged' || ranges.reasons.length === 0 || !input.versions.followRanges) return draft;
  return following(detection, change.baseline, ranges, input);
}

/** Whether a drafted release adds to the baseline (rule C4) instead of following it. */
export function isCompletion(draft: Extract<Draft, { kind: 'release' }>, baseline: PublishedVersion): boolean {
  return compareVersions(draft.version, baseline.version) === 0;
}

function sameStep(before: Draft, after: Draft): boolean {
  if (before.kind !== 'release' || after.kind !== 'release') return before.kind === after.kind;
  return compareVersions(before.version, after.version) === 0;
}

/** Rule F3: released only because a range was rewritten, which is a patch. */
function following(detection: Detection, baseline: PublishedVersion, ranges: Followed, input: PlanInput): Draft {
  const policy = { ...input.versions, level: null, levels: new Map(), defaultLevel: 'patch' } as const;
  const draft = release(bumpedVersion(detection, baseline, policy), ranges.reasons);
  return draft.kind === 'release' ? { ...draft, constraints: ranges.constraints } : draft;
}

function ownReasons(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter((reason) => reason.kind !== 'dependency-range');
}
