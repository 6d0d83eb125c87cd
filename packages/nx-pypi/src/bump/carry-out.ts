import type { Problem } from '@nx-pypi/manifests';
import type { FileChange, ReleaseRequest } from '@nx-pypi/release';
import { commitFiles, readWorkspaceText, startBranch, writeAll, type Environment } from '@nx-pypi/workspace';
import { staleLocks } from './lock-files.ts';
import { refreshLocks } from './refresh-locks.ts';

export interface CarryOut {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly env: Environment;
  readonly files: readonly FileChange[];
  /** Names whose version or ranges change. */
  readonly names: readonly string[];
  /** The folders of all packages, where lock files may lie. */
  readonly folders: readonly string[];
  /** A new branch to start before anything is written, or null. */
  readonly branch: string | null;
  /** The message of a commit of what was written, or null. */
  readonly commit: string | null;
}

export interface CarriedOut {
  /** Problems: nothing was written, or what was written could not be committed. */
  readonly problems: readonly Problem[];
  /** Everything that was written, lock files included. */
  readonly written: readonly string[];
  /** What a person should read. */
  readonly lines: readonly string[];
  readonly ok: boolean;
}

/** Branch, files, lock files, commit, in this order. */
export async function carryOut({ root, env, files, names, folders, branch, commit }: CarryOut): Promise<CarriedOut> {
  const refused = branch === null ? null : await startBranch(root, branch, env);
  if (refused !== null) return { problems: [refused], written: [], lines: [], ok: false };
  const problems = await writeAll(root, files);
  if (problems.length > 0) return { problems, written: [], lines: [], ok: false };
  const paths = files.map(({ path }) => path);
  const stale = staleLocks({ edited: paths, names, folders, readText: readWorkspaceText(root) });
  const locks = await refreshLocks(root, paths.length === 0 ? [] : stale, env);
  const written = [...paths, ...locks.refreshed].toSorted();
  const failed = commit === null || written.length === 0 ? null : await commitFiles(root, written, commit, env);
  return {
    problems: failed === null ? [] : [failed],
    written,
    lines: locks.lines,
    ok: locks.ok && failed === null,
  };
}

/** Where the packages of a run lie. */
export function foldersOf({ discovery }: Pick<ReleaseRequest, 'discovery'>): readonly string[] {
  return discovery.packages.map(({ path }) => path);
}
