import type { ArtifactKind } from '@nx-pypi/release';

/** One build, as the script reads it. All paths are absolute. */
export interface ServerRequest {
  /** The package's folder in the stage. */
  readonly project: string;
  /** Must exist; a folder per kind is made in it. */
  readonly out: string;
  /** The JSON file that the script writes. */
  readonly result: string;
  readonly backend: string;
  /** Relative to `project` (PEP 517). Not empty: the build gets a fresh process. */
  readonly backendPath: readonly string[];
  readonly kinds: readonly ArtifactKind[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly seconds: number;
  /** Whether `get_requires_for_build_*` are asked first. */
  readonly askRequires: boolean;
  /** Requirements that the environment was made for. */
  readonly installed: readonly string[];
}

/** How the process of a build ended. */
export type BuildEnd =
  | { readonly kind: 'exited'; readonly code: number; readonly log: string }
  | { readonly kind: 'signalled'; readonly signal: string; readonly log: string }
  | { readonly kind: 'timed-out'; readonly log: string }
  /** The server itself ended or could not be started. */
  | { readonly kind: 'lost'; readonly reason: string; readonly log: string };
