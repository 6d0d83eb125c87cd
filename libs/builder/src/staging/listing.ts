import { listIgnoredFiles, listWorkspaceFiles } from '@nx-pypi/workspace';

/** The workspace's files at one moment. */
export interface Listing {
  /** Tracked, and untracked but not ignored; relative with `/`, in ascending UTF-16 order. */
  readonly files: readonly string[];
  readonly has: (path: string) => boolean;
  /** Files of a folder and its sub-folders; `.` is the workspace. */
  readonly below: (folder: string) => readonly string[];
  /** Files below a folder that git ignores; git is asked once, for all packages, when somebody first asks. */
  readonly ignoredBelow: (folder: string) => Promise<readonly string[]>;
}

/** @internal exported for its test */
export function listing(files: readonly string[], askIgnored: () => Promise<readonly string[]>): Listing {
  const sorted = [...files].sort();
  const set = new Set(sorted);
  let ignored: Promise<readonly string[]> | null = null;
  return {
    files: sorted,
    has: (path) => set.has(path),
    below: (folder) => below(sorted, folder),
    ignoredBelow: async (folder) => {
      ignored ??= askIgnored();
      return below(await ignored, folder);
    },
  };
}

/** Calls that come while a listing is under way share it; a later call lists anew. */
export function sharedListing(root: string, packageFolders: readonly string[]): () => Promise<Listing> {
  let underWay: Promise<Listing> | null = null;
  return () => {
    underWay ??= listWorkspaceFiles(root)
      .then((files) => listing(files, () => listIgnoredFiles(root, packageFolders)))
      .finally(() => {
        underWay = null;
      });
    return underWay;
  };
}

function below(sorted: readonly string[], folder: string): readonly string[] {
  if (folder === '.') return sorted;
  const prefix = `${folder}/`;
  const start = firstAtLeast(sorted, prefix);
  return sorted.slice(start, firstAtLeast(sorted, `${folder}0`, start));
}

/** `0` follows `/` in UTF-16 order, so `[prefix/, prefix0)` holds exactly what lies below `prefix`. */
function firstAtLeast(sorted: readonly string[], key: string, from = 0): number {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
