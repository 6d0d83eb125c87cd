import type { Problem } from '@nx-pypi/manifests';
import { formatVersion, type Version } from '@nx-pypi/standards';
import { declaredRanges, shippedDeclarations } from '../detect/declared-text.ts';
import type { Detection } from '../detect/detection.ts';
import { extraOf } from '../detect/extra-of.ts';
import { pairWithShipped } from '../detect/shipped-ranges.ts';
import type { Gating } from '../graph/gating.ts';
import type { Reason } from '../model/change.ts';
import type { PlannedConstraint } from '../model/plan.ts';
import { constraintFor } from './constraint.ts';
import {
  aheadVersion,
  bumpedVersion,
  firstVersion,
  type PlannedVersion,
  type VersionPolicy,
} from './planned-version.ts';
import { sameRange } from './same-range.ts';

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
 * does not change any more. The result does not depend on the order of the input.
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
      if (before?.kind !== after.kind) settled = false;
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
  const ranges =
    change.kind === 'incomplete' ? shippedAgain(detection, input.names) : rangesOf(detection, drafts, input.names);
  if (ranges.kind === 'stop') return ranges;
  if (draft.kind === 'release')
    return { ...draft, reasons: [...ownReasons(draft.reasons), ...ranges.reasons], constraints: ranges.constraints };
  if (change.kind !== 'unchanged' || ranges.reasons.length === 0 || !input.versions.followRanges) return draft;
  const bumped = bumpedVersion(detection, change.baseline, {
    ...input.versions,
    level: null,
    levels: new Map(),
    defaultLevel: 'patch',
  });
  const following = release(bumped, ranges.reasons);
  return following.kind === 'release' ? { ...following, constraints: ranges.constraints } : following;
}

function ownReasons(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter((reason) => reason.kind !== 'dependency-range');
}

type Ranges =
  | { readonly kind: 'ranges'; readonly constraints: readonly PlannedConstraint[]; readonly reasons: readonly Reason[] }
  | { readonly kind: 'stop'; readonly problem: Problem };

function rangesOf(detection: Detection, drafts: ReadonlyMap<string, Draft>, names: ReadonlySet<string>): Ranges {
  const pkg = detection.package;
  const declared = declaredRanges(pkg, names);
  const constraints: PlannedConstraint[] = [];
  const reasons: Reason[] = [];
  for (const { declaration, shipped } of pairWithShipped(shippedDeclarations(pkg, names), detection.shipped)) {
    const target = drafts.get(declaration.normalizedName);
    // A stopped dependency stops the package too, by the gates: no range is needed for what is not sent.
    if (target === undefined || target.kind === 'stop') continue;
    const answer = constraintFor({
      declaration,
      dialect: pkg.dialect,
      version: target.version,
      shipped: shipped?.specifier ?? null,
      sameDeclaration:
        detection.provenance?.declared[declaration.normalizedName] === declared[declaration.normalizedName],
      unchanged: detection.change.kind === 'unchanged',
    });
    if (answer === null)
      return {
        kind: 'stop',
        problem: blockedRange(detection, declaration.normalizedName, declaration.written, target.version),
      };
    constraints.push({
      declaration: pkg.declarations.indexOf(declaration),
      dependency: declaration.normalizedName,
      extra: extraOf(declaration),
      ...answer,
    });
    if (shipped !== null && !sameRange(shipped.specifier, answer.specifier)) {
      reasons.push({
        kind: 'dependency-range',
        dependency: declaration.normalizedName,
        before: shipped.specifier,
        after: answer.specifier,
      });
    }
  }
  return { kind: 'ranges', constraints, reasons };
}

/** Rule C4: what is completed ships what its first files ship. */
function shippedAgain(detection: Detection, names: ReadonlySet<string>): Ranges {
  const pkg = detection.package;
  const constraints = pairWithShipped(shippedDeclarations(pkg, names), detection.shipped).map(
    ({ declaration, shipped }): PlannedConstraint => ({
      declaration: pkg.declarations.indexOf(declaration),
      dependency: declaration.normalizedName,
      extra: extraOf(declaration),
      specifier: shipped?.specifier ?? declaration.specifier,
      from: 'baseline',
    }),
  );
  return { kind: 'ranges', constraints, reasons: [] };
}

function blockedRange(detection: Detection, dependency: string, written: string, version: Version): Problem {
  return {
    code: 'NXPYPI_RANGE_BLOCKED',
    message: `${detection.package.normalizedName} declares '${written}' and can't be made to accept ${dependency} ${formatVersion(version)}`,
    hint: `widen the range by hand`,
    where: detection.package.manifest,
  };
}
