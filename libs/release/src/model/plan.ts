import type { Problem } from '@nx-pypi/manifests';
import type { ArtifactKind } from './artifact.ts';
import type { ChannelId } from '../policy/channel.ts';
import type { Reason } from './change.ts';

/** The number of this shape; a reader refuses another one. */
export const PLAN_FORMAT = 1;

/** What one internal declaration ships, and why that range (rule F1). */
export interface PlannedConstraint {
  /** Index into the package's declarations. */
  readonly declaration: number;
  /** Normalised name. */
  readonly dependency: string;
  readonly extra: string | null;
  /** PEP 440 specifier set. */
  readonly specifier: string;
  /** `channel`: pinned to a pre-release of the run's channel (rule C3). */
  readonly from: 'declared' | 'baseline' | 'rewritten' | 'next-major' | 'channel';
}

export interface PlannedRelease {
  readonly name: string;
  readonly path: string;
  readonly verdict: 'new' | 'changed' | 'ahead' | 'incomplete' | 'unchanged';
  /** Canonical text of the baseline, or null. */
  readonly previous: string | null;
  /** Canonical text of what is released. */
  readonly version: string;
  /** True when a person chose the number (manifest); false when it was computed (rule G5). */
  readonly chosen: boolean;
  readonly reasons: readonly Reason[];
  readonly constraints: readonly PlannedConstraint[];
  readonly artifacts: readonly ArtifactKind[];
  /** Wheels that the version has to have (C4): globs over their platforms or tags. Absent: one, whatever it is for. */
  readonly wheels?: readonly string[];
}

/** A package that needs no release. */
export interface KeptPackage {
  readonly name: string;
  readonly path: string;
  readonly version: string;
  readonly why: 'digest' | 'comparison' | 'superseded';
  /** Of a superseded package: the commit that the registry's version comes from, and this checkout's, which it follows (C6). */
  readonly revisions?: { readonly theirs: string; readonly ours: string };
}

/** A package that this run can't or may not release. */
export interface StoppedPackage {
  readonly name: string;
  readonly path: string;
  readonly stop: Stop;
}

export type Stop =
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** Something that it needs is stopped, or failed. */
  | { readonly kind: 'needs-stopped'; readonly dependency: string }
  /** Rule G6: something that it needs has a change that this run does not release. */
  | { readonly kind: 'needs-pending'; readonly dependency: string };

/** Plain JSON, every list sorted by name: the releases that a run would make, with their reasons. */
export interface ReleasePlan {
  readonly format: typeof PLAN_FORMAT;
  /** Rule C3; absent for final releases. */
  readonly channel?: ChannelId;
  readonly releases: readonly PlannedRelease[];
  readonly kept: readonly KeptPackage[];
  readonly stopped: readonly StoppedPackage[];
  /** Changed, but not selected by this run. */
  readonly pending: readonly string[];
}
