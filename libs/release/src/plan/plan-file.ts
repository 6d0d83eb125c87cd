import type { Detection } from '../detect/detection.ts';
import { closure } from '../graph/closure.ts';
import type { ReleasePlan } from '../model/plan.ts';
import type { Planned } from '../run.ts';

/** The number of the file's shape; a reader refuses another one. */
export const PLAN_FILE_FORMAT = 1;

/** What one package looked like when the plan was made. */
export interface PlanEvidence {
  /** Normalised. */
  readonly name: string;
  /** Rule D2; null where it could not be made. */
  readonly digest: string | null;
  /** `filename sha256` of everything that the registry held, sorted. */
  readonly files: readonly string[];
}

/** A plan to be carried out later, elsewhere: plain JSON, with what it was made from. */
export interface PlanFile {
  readonly format: typeof PLAN_FILE_FORMAT;
  readonly tool: string;
  /** `host/path`, or '' where there is no remote. */
  readonly repository: string;
  /** Full commit id, or '' outside git. For people: what counts is the evidence. */
  readonly revision: string;
  readonly plan: ReleasePlan;
  /** The plan's packages and all that they need, sorted by name. */
  readonly packages: readonly PlanEvidence[];
}

/** A plan with the evidence that `checkPlan` compares. */
export function planFileOf(
  { plan, scene, detections }: Planned,
  about: Pick<PlanFile, 'tool' | 'repository' | 'revision'>,
): PlanFile {
  const names = closure(
    plan.releases.map(({ name }) => name),
    (name) => [...(scene.gating.waitsFor.get(name) ?? []), ...(scene.gating.cycleOf.get(name) ?? [])],
  );
  const packages = [...names].toSorted().flatMap((name) => {
    const detection = detections.get(name);
    return detection === undefined ? [] : [{ name, digest: detection.digest, files: filesOf(detection) }];
  });
  const { tool, repository, revision } = about;
  return { format: PLAN_FILE_FORMAT, tool, repository, revision, plan, packages };
}

/** `filename sha256` of every published file, sorted. */
export function filesOf({ versions }: Pick<Detection, 'versions'>): readonly string[] {
  return versions
    .flatMap(({ files }) => files.map(({ filename, sha256 }) => `${filename} ${sha256 ?? '-'}`))
    .toSorted();
}
