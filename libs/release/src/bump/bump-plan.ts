import type { Problem } from '@nx-pypi/manifests';
import type { Reason } from '../model/change.ts';

/** A package that a bump gives a version, or that has it already. */
export interface BumpedPackage {
  readonly name: string;
  readonly path: string;
  /** Canonical text of the baseline in the registry, or null. */
  readonly previous: string | null;
  /** What its manifest says, as written; null where no file holds a version. */
  readonly written: string | null;
  /** Canonical text. */
  readonly version: string;
  readonly reasons: readonly Reason[];
  /** `no-file`: derived from source control or computed, injected when it is built. */
  readonly change: 'write' | 'already-there' | 'no-file';
  /** Names that follow it, directly or through others. */
  readonly followers: readonly string[];
  /** How many packages of the workspace need it directly. */
  readonly dependents: number;
}

/** A declared range that leaves a dependency's new version out, and what takes its place. */
export interface RewrittenRange {
  /** The package that declares it. */
  readonly name: string;
  readonly path: string;
  readonly dependency: string;
  /** PEP 440 specifier sets. */
  readonly before: string;
  readonly after: string;
  readonly file: string;
  /** Whether built metadata carries it, so that the package is released for it. */
  readonly shipped: boolean;
}

/** Plain JSON, sorted by name: what a bump would write. With a problem nothing is written. */
export interface BumpPlan {
  readonly packages: readonly BumpedPackage[];
  readonly ranges: readonly RewrittenRange[];
  readonly problems: readonly Problem[];
}
