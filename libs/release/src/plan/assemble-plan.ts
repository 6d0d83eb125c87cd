import { formatVersion } from '@nx-pypi/standards';
import type { ArtifactKind } from '../model/artifact.ts';
import type { KeptPackage, PlannedRelease, ReleasePlan, Stop, StoppedPackage } from '../model/plan.ts';
import type { Detection } from '../detect/detection.ts';
import type { Draft, PlanInput } from './draft.ts';
import { draftReleases, isCompletion } from './draft-releases.ts';

export interface AssembleInput extends PlanInput {
  /** Names that this run was asked to release. */
  readonly selected: ReadonlySet<string>;
  /** Packages that may not be released whatever their content, by name (rules A1 to A3). */
  readonly barred: ReadonlyMap<string, Stop>;
  /** Changed packages that count as released although this run does not release them. */
  readonly promised: ReadonlySet<string>;
}

const ARTIFACTS: readonly ArtifactKind[] = ['sdist', 'wheel'];

/** The plan of a run: its releases, what stays, and what is stopped, each with its reason. Sorted, plain JSON. */
export function assemblePlan(input: AssembleInput): ReleasePlan {
  const drafts = draftReleases(input);
  const pending = new Set(
    [...drafts].filter(([name, draft]) => draft.kind === 'release' && !input.selected.has(name)).map(([name]) => name),
  );
  const stops = stopsOf(input, drafts, pending);
  const releases: PlannedRelease[] = [];
  const kept: KeptPackage[] = [];
  const stopped: StoppedPackage[] = [];
  for (const name of [...input.selected].toSorted()) {
    const detection = input.detections.get(name);
    const stop = stops.get(name);
    const draft = drafts.get(name);
    if (stop !== undefined) stopped.push({ name, path: detection?.package.path ?? '', stop });
    else if (detection !== undefined && draft?.kind === 'release')
      releases.push(plannedRelease(name, detection, draft));
    else if (detection !== undefined && draft?.kind === 'keep') kept.push(keptPackage(name, detection, draft));
  }
  const { channel } = input.versions;
  return {
    format: 1,
    ...(channel === undefined ? {} : { channel: channel.id }),
    releases,
    kept,
    stopped,
    pending: [...pending].toSorted(),
  };
}

/** Problems of packages, and what follows from them for their dependents (laws 1 and 4, rule G6). */
function stopsOf(
  input: AssembleInput,
  drafts: ReadonlyMap<string, Draft>,
  pending: ReadonlySet<string>,
): ReadonlyMap<string, Stop> {
  const stops = new Map<string, Stop>(input.barred);
  for (const [name, draft] of drafts)
    if (draft.kind === 'stop' && !stops.has(name)) stops.set(name, { kind: 'problem', problem: draft.problem });
  for (const name of input.gating.order) {
    if (stops.has(name)) continue;
    const needs = input.gating.waitsFor.get(name) ?? [];
    const stoppedNeed = needs.find((need) => stops.has(need));
    const pendingNeed = needs.find((need) => pending.has(need) && !input.promised.has(need));
    // A dependent that itself needs nothing is still kept: nothing of it would be sent.
    if (drafts.get(name)?.kind === 'keep') continue;
    if (stoppedNeed !== undefined) stops.set(name, { kind: 'needs-stopped', dependency: stoppedNeed });
    else if (pendingNeed !== undefined && input.selected.has(name))
      stops.set(name, { kind: 'needs-pending', dependency: pendingNeed });
  }
  return stops;
}

function plannedRelease(
  name: string,
  detection: Detection,
  draft: Extract<Draft, { kind: 'release' }>,
): PlannedRelease {
  const { change } = detection;
  if (change.kind === 'unknown' || change.kind === 'superseded')
    throw new Error(`${name} is ${change.kind} and can't be released`);
  const { wheels } = detection.package.settings;
  const completes = change.kind === 'incomplete' && isCompletion(draft, change.baseline);
  return {
    name,
    path: detection.package.path,
    verdict: change.kind === 'incomplete' && !completes ? 'changed' : change.kind,
    previous: change.kind === 'new' ? null : change.baseline.text,
    version: formatVersion(draft.version),
    chosen: draft.chosen,
    reasons: draft.reasons,
    constraints: draft.constraints,
    ...(wheels === undefined ? {} : { wheels }),
    artifacts: completes ? ARTIFACTS.filter((kind) => change.missing.includes(kind)) : ARTIFACTS,
  };
}

function keptPackage(name: string, detection: Detection, draft: Extract<Draft, { kind: 'keep' }>): KeptPackage {
  const { change } = detection;
  const kept = { name, path: detection.package.path, version: formatVersion(draft.version) };
  if (draft.inChannel === true) return { ...kept, why: 'digest' };
  if (change.kind === 'unchanged') return { ...kept, why: change.by };
  if (change.kind !== 'superseded') throw new Error(`${name} is ${change.kind} and can't be kept`);
  return { ...kept, why: 'superseded', revisions: { theirs: change.theirs, ours: change.ours } };
}
