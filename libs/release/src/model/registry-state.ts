import type { Problem } from '@nx-pypi/manifests';
import type { Version } from '@nx-pypi/standards';

/** One file of a package's index page. */
export interface PublishedFile {
  readonly filename: string;
  readonly url: string;
  /** 64 lower-case hex digits, or null where the index offers no sha256. */
  readonly sha256: string | null;
  readonly requiresPython: string | null;
  readonly yanked: boolean;
  /** Bytes, where the index tells (PEP 700). */
  readonly size: number | null;
}

/** All files of one version. */
export interface PublishedVersion {
  readonly version: Version;
  /** Canonical PEP 440 text. */
  readonly text: string;
  readonly files: readonly PublishedFile[];
  /** True when every file of the version is yanked (PEP 592). */
  readonly yanked: boolean;
}

/** What the registry holds of one package (rules B1 to B6). `unknown` is never taken for `absent`. */
export type RegistryState =
  | { readonly kind: 'absent' }
  /** `versions` ascending by PEP 440; `problems` name files whose names do not parse (B5). */
  | {
      readonly kind: 'published';
      readonly versions: readonly PublishedVersion[];
      readonly problems: readonly Problem[];
    }
  | { readonly kind: 'unknown'; readonly problem: Problem };
