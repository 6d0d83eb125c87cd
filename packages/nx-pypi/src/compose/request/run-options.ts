import type { Channel, Step } from '@nx-pypi/release';
import type { ReportFiles } from '../../report/write-reports.ts';

/** What is done with what was released. */
export interface AfterwardsOptions {
  /** Rule G7: uploaded files are downloaded again. */
  readonly verifyBytes: boolean;
  /** Rule G7: pip or uv resolves each version from the index. */
  readonly installCheck: boolean;
  /** A git tag for each release. */
  readonly tag: boolean;
  /** The tags are pushed; includes `tag`. */
  readonly push: boolean;
  /** A release page in GitLab for each release, which brings the tag. */
  readonly gitlabRelease: boolean;
  /** The released versions are written into the manifests. */
  readonly write: boolean;
}

/** What one run was asked to do, whether by an Nx task or by the command line. */
export interface RunOptions {
  /** Normalised names, or everything that is publishable. */
  readonly select: readonly string[] | 'all';
  /** Names, globs and `tag:` patterns as people type them; each has to mean a package. Not empty: they take the place of `select`. */
  readonly patterns: readonly string[];
  readonly dryRun: boolean;
  readonly level: Step | null;
  /** Steps of single packages, by normalised name. */
  readonly levels: ReadonlyMap<string, Step>;
  /** `manifest`: never choose a version (rule G8). */
  readonly versions: 'registry' | 'manifest';
  /** Compare by building even where the source digest is the same (rule D3). */
  readonly deep: boolean;
  readonly local: boolean;
  readonly allowDirty: boolean;
  readonly allowDiverged: boolean;
  /** Names that may be released for the first time; `all`. */
  readonly newNames: readonly string[];
  readonly releaseDev: boolean;
  readonly afterwards: AfterwardsOptions;
  /** Rule C3; null: final releases. */
  readonly channel: Channel | null;
  /** The failure of one package stops all others (rule G2). */
  readonly allOrNothing: boolean;
  /** Packages that other tasks of the same Nx run release: a dry run takes their changes for released. */
  readonly promised: readonly string[];
  readonly reports: ReportFiles;
}

export const PLAIN_RUN: RunOptions = {
  select: 'all',
  patterns: [],
  dryRun: false,
  level: null,
  levels: new Map(),
  versions: 'registry',
  deep: false,
  local: false,
  allowDirty: false,
  allowDiverged: false,
  newNames: [],
  releaseDev: false,
  afterwards: { verifyBytes: false, installCheck: false, tag: false, push: false, gitlabRelease: false, write: false },
  channel: null,
  allOrNothing: false,
  promised: [],
  reports: { json: null, junit: null, notes: null },
};
