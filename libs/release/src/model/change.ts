import type { Problem } from '@nx-pypi/manifests';
import type { ArtifactKind } from './artifact.ts';
import type { PublishedVersion } from './registry-state.ts';

/** Why a package is released, or why it is not like its baseline. Always a value, never only a log line. */
export type Reason =
  | { readonly kind: 'never-published' }
  | { readonly kind: 'local-version-ahead'; readonly local: string; readonly baseline: string }
  | {
      readonly kind: 'files';
      readonly added: readonly string[];
      readonly removed: readonly string[];
      readonly modified: readonly string[];
    }
  | { readonly kind: 'metadata'; readonly fields: readonly MetadataDifference[] }
  | { readonly kind: 'dependency-range'; readonly dependency: string; readonly before: string; readonly after: string }
  /** It shares its version with other packages. */
  | { readonly kind: 'lockstep'; readonly group: readonly string[]; readonly version: string }
  /** A person asked for this step: a level or a version. */
  | { readonly kind: 'asked'; readonly step: string }
  | { readonly kind: 'missing-artifacts'; readonly filenames: readonly string[] }
  /** Differences that the baseline's own sources show too when they are built with today's tools (D6): a note, no cause. */
  | {
      readonly kind: 'toolchain';
      readonly differences: readonly string[];
      /** The build tool of the baseline and today's, where both are known and differ. */
      readonly tools?: { readonly before: string; readonly after: string };
    }
  /** Two builds of one stage differ in these (D7). A cause only where no digest can decide. */
  | { readonly kind: 'unreproducible'; readonly differences: readonly string[] };

export interface MetadataDifference {
  readonly field: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What detection says of one package (rule D8). */
export type Change =
  | {
      readonly kind: 'unchanged';
      readonly baseline: PublishedVersion;
      /** How it was found out (D3, D4). */ readonly by: 'digest' | 'comparison';
      /** What differs and does not count (D6, D7). */
      readonly notes?: readonly Reason[];
    }
  | {
      readonly kind: 'changed';
      readonly baseline: PublishedVersion;
      readonly reasons: readonly Reason[];
      /** What differs beside the reasons and does not count (D6, D7). */
      readonly notes?: readonly Reason[];
    }
  | { readonly kind: 'new' }
  | { readonly kind: 'ahead'; readonly baseline: PublishedVersion; readonly reasons: readonly Reason[] }
  | { readonly kind: 'incomplete'; readonly baseline: PublishedVersion; readonly missing: readonly ArtifactKind[] }
  | { readonly kind: 'superseded'; readonly baseline: PublishedVersion; readonly theirs: string; readonly ours: string }
  | { readonly kind: 'unknown'; readonly problem: Problem };
