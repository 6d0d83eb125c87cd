import type { Problem } from '@nx-pypi/manifests';
import type { CoreMetadata } from '@nx-pypi/standards';

export type ArtifactKind = 'sdist' | 'wheel';

/** One built file, on disk. */
export interface Artifact {
  readonly kind: ArtifactKind;
  readonly filename: string;
  /** Absolute path. */
  readonly file: string;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly metadata: CoreMetadata;
}

/** What the upload of one file came to (rule G4). */
export type UploadOutcome =
  | { readonly kind: 'uploaded'; readonly filename: string; readonly sha256: string }
  /** `same` tells whether the bytes are the same or only what rule D5 counts. */
  | {
      readonly kind: 'already-there';
      readonly filename: string;
      readonly sha256: string;
      readonly same: 'bytes' | 'content';
    }
  | {
      readonly kind: 'conflict';
      readonly filename: string;
      readonly ours: string;
      readonly theirs: string;
      readonly problem: Problem;
    }
  /** Nothing was sent: the index shows a version that the plan did not know (rule G5). */
  | { readonly kind: 'overtaken'; readonly filename: string; readonly version: string }
  | {
      readonly kind: 'rejected';
      readonly filename: string;
      readonly problem: Problem;
      /** True for causes of the whole run: credentials, registry down. */ readonly runWide: boolean;
    };

/** Whether an uploaded file is seen in the index (rule G7). */
export type VerifyOutcome =
  | { readonly kind: 'visible' }
  | { readonly kind: 'mismatch'; readonly problem: Problem }
  | { readonly kind: 'timed-out'; readonly problem: Problem };
