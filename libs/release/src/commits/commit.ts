import type { PythonPackage } from '@nx-pypi/manifests';
import type { Found } from '../ports.ts';

/** One commit of the history, merges left out. */
export interface Commit {
  readonly revision: string;
  /** Subject, body and trailers. */
  readonly message: string;
  /** Workspace-relative paths that it touches, deleted ones too. */
  readonly files: readonly string[];
}

/** Reads the history of this checkout. A clone that does not reach far enough is a problem with the command that helps. */
export interface CommitLog {
  /** The commits after `revision`, newest first. */
  readonly since: (revision: string) => Promise<Found<readonly Commit[]>>;
  /** Where a version was released whose files do not say it: its tag, else the commit that set it. */
  readonly released: (pkg: PythonPackage, version: string) => Promise<Found<string>>;
}
