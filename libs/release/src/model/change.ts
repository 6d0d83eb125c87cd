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
  | { readonly kind: 'missing-artifacts'; readonly filenames: readonly string[] };

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
    }
  | { readonly kind: 'changed'; readonly baseline: PublishedVersion; readonly reasons: readonly Reason[] }
  | { readonly kind: 'new' }
  | { readonly kind: 'ahead'; readonly baseline: PublishedVersion; readonly reasons: readonly Reason[] }
  | { readonly kind: 'incomplete'; readonly baseline: PublishedVersion; readonly missing: readonly ArtifactKind[] }
  | { readonly kind: 'superseded'; readonly baseline: PublishedVersion; readonly theirs: string; readonly ours: string }
  | { readonly kind: 'unknown'; readonly problem: Problem };
