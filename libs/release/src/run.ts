/** What a run is asked, what it may do, and what it tells on its way. */
import type { Discovery, Problem } from '@nx-pypi/manifests';
import type { CommitLog } from './commits/commit.ts';
import type { DetectPolicy, DetectPorts, Detection } from './detect/detection.ts';
import type { UploadOutcome } from './model/artifact.ts';
import type { PackageOutcome } from './model/outcome.ts';
import type { ReleasePlan } from './model/plan.ts';
import type { Checkout, Uploader } from './ports.ts';
import type { VersionPolicy } from './plan/planned-version.ts';
import type { Surroundings } from './policy/permission.ts';
import type { Afterwards } from './publish/afterwards.ts';
import type { Scene, SceneOptions } from './scene.ts';

export interface ReleaseRequest extends SceneOptions {
  readonly discovery: Discovery;
  readonly checkout: Checkout;
  readonly detect: Omit<DetectPolicy, 'names'>;
  readonly versions: VersionPolicy;
  readonly surroundings: Surroundings;
  readonly concurrency: number;
  /** Name and version of this product. */
  readonly tool: string;
  readonly dryRun: boolean;
  /** The failure of one package stops all others (rule G2). */
  readonly allOrNothing: boolean;
  /** What others release before this run would: a dry run, after which nobody has, takes it for released (rules G6, G10). */
  readonly promised: ReadonlySet<string>;
}

export interface ReleasePorts extends DetectPorts, Afterwards {
  readonly uploader: Uploader;
  readonly progress: (event: ReleaseEvent) => void;
  readonly stop: StopSign;
  /** The history that the level `auto` is read from. */
  readonly commits?: CommitLog;
}

/** A person or the CI may ask a run to end: uploads in flight end, builds are abandoned, nothing else begins. */
export interface StopSign {
  readonly asked: () => boolean;
  /** Fulfilled once it is asked. */
  readonly request: Promise<void>;
}

export type ReleaseEvent =
  | { readonly kind: 'reading'; readonly packages: number }
  | { readonly kind: 'detecting'; readonly packages: number }
  | { readonly kind: 'planned'; readonly plan: ReleasePlan }
  | { readonly kind: 'building'; readonly packages: number }
  | { readonly kind: 'publishing'; readonly packages: number }
  /** A build ended, well or not. */
  | { readonly kind: 'built'; readonly name: string }
  /** `bytes` of one file are on their way. */
  | {
      readonly kind: 'sending';
      readonly name: string;
      readonly version: string;
      readonly filename: string;
      readonly bytes: number;
    }
  /** A try to send the file failed; the index is asked, and it is tried again. */
  | { readonly kind: 'trying-again'; readonly name: string; readonly filename: string; readonly problem: Problem }
  | { readonly kind: 'uploaded'; readonly name: string; readonly outcome: UploadOutcome }
  /** Another run released `by` first: `version` is decided anew (rule G5). */
  | { readonly kind: 'contested'; readonly name: string; readonly version: string; readonly by: string }
  /** Exactly once per selected package. */
  | { readonly kind: 'settled'; readonly name: string; readonly path: string; readonly outcome: PackageOutcome };

/** What a plan is made from. */
export interface Detected {
  readonly scene: Scene;
  readonly detections: ReadonlyMap<string, Detection>;
  /** With the levels that `auto` came to. */
  readonly versions: VersionPolicy;
}

/** What a plan was made from, and the plan. */
export interface Planned {
  readonly scene: Scene;
  readonly detections: ReadonlyMap<string, Detection>;
  readonly plan: ReleasePlan;
}
