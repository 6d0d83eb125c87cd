import type { Problem } from '@nx-pypi/manifests';
import type { ArtifactKind } from '../model/artifact.ts';
import type { Change, Reason } from '../model/change.ts';
import type { Provenance } from '../model/provenance.ts';
import type { Found } from '../ports.ts';

/** All that is known of one package and the release that it is compared with. Plain JSON. */
export interface Explanation {
  readonly name: string;
  readonly path: string;
  readonly manifest: string;
  /** The manifest's version; null where it states none. */
  readonly local: string | null;
  readonly verdict: Change['kind'];
  readonly decision: Decision;
  readonly baseline: ExplainedBaseline | null;
  /** How an unchanged package was found to be so. */
  readonly by: 'digest' | 'comparison' | null;
  /** Why it is released, or why it differs. */
  readonly reasons: readonly Reason[];
  /** What differs and does not count. */
  readonly notes: readonly Reason[];
  /** The paths that led here, each from its first cause; empty where the package is its own cause. */
  readonly causes: readonly (readonly CauseStep[])[];
  /** What is shipped otherwise, sorted by path. */
  readonly files: readonly FileDifference[];
  /** Unified diff of the metadata's description, which is the readme; null where it is the same. */
  readonly description: string | null;
  /** Why the differences could not be shown, or why nothing could be found out. */
  readonly problem: Problem | null;
}

/** What this run would do. */
export type Decision =
  | { readonly kind: 'release'; readonly previous: string | null; readonly version: string }
  | { readonly kind: 'keep'; readonly version: string }
  | { readonly kind: 'complete'; readonly version: string; readonly missing: readonly ArtifactKind[] }
  | { readonly kind: 'supersede'; readonly theirs: string; readonly ours: string; readonly version: string }
  /** `path`: what it needs, down to the package with the problem. */
  | { readonly kind: 'stop'; readonly path: readonly string[]; readonly problem: Problem | null };

export interface ExplainedBaseline {
  readonly version: string;
  /** Filenames as the index shows them. */
  readonly files: readonly string[];
  /** What its sdist says of its origin; null: another tool published it. */
  readonly provenance: Provenance | null;
  /** When its revision was committed, ISO 8601; null where that is unknown. */
  readonly committed: string | null;
  /** The build tool that its wheel names. */
  readonly maker: string | null;
}

/** A release on the way from the first cause. */
export interface CauseStep {
  readonly name: string;
  readonly previous: string | null;
  readonly version: string;
  /** Of the first step its own reasons, of the others what the step before asks for. */
  readonly because: readonly Reason[];
}

export interface FileDifference {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'modified';
  readonly before: FilePrint | null;
  readonly after: FilePrint | null;
  /** Unified diff; null where a side is no text or too long, or where the two have too little in common. */
  readonly diff: string | null;
}

export interface FilePrint {
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** Null where the archive does not say. */
  readonly executable: boolean | null;
}

/** A file of an artifact, opened for people. */
export interface ShownFile extends FilePrint {
  /** Null for a binary, and for what is too long to be read. */
  readonly text: string | null;
}

export interface ShownArtifact {
  /** By the places that comparisons name. */
  readonly files: ReadonlyMap<string, ShownFile>;
  /** The build tool and its version, where the artifact tells. */
  readonly maker: string | null;
  /** The readme, as the metadata has it. */
  readonly description: string;
}

/** Opens an artifact at the places that a comparison named. Absolute path. */
export type ShowArtifact = (
  kind: ArtifactKind,
  file: string,
  places: ReadonlySet<string>,
) => Promise<Found<ShownArtifact>>;
