import type { Problem } from '@nx-pypi/manifests';
import type { Version } from '@nx-pypi/standards';
import type { Detection } from '../detect/detection.ts';
import type { Gating } from '../graph/gating.ts';
import type { Reason } from '../model/change.ts';
import type { PlannedConstraint } from '../model/plan.ts';
import type { VersionPolicy } from './planned-version.ts';

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
  /** `inChannel`: at a version that the run's channel holds already. */
  | { readonly kind: 'keep'; readonly version: Version; readonly inChannel?: true }
  | { readonly kind: 'stop'; readonly problem: Problem };
