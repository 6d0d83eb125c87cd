import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';

/** Sees what changes in a working tree while packages are built (law 7). */
export interface TreeWatch {
  /** Runs a build; resolves once nothing of the tree has to be looked at any more. */
  readonly during: <T>(files: readonly string[], build: () => Promise<T>) => Promise<T>;
}

/** Paths that a message names. */
const NAMED = 5;

/**
 * Looks at the files that git does not ignore before the first of the builds that run at one time, and after the last.
 * `list` gives the tree's files at the moment. `tell` hears of each path once.
 */
export function treeWatch(
  root: string,
  list: () => Promise<readonly string[]>,
  tell: (problem: Problem) => void,
): TreeWatch {
  const told = new Set<string>();
  let running = 0;
  let before: ReadonlyMap<string, string> = new Map();

  async function look(): Promise<void> {
    const after = stampsOf(root, await list());
    const paths = new Set([...before.keys(), ...after.keys()]);
    const changed = [...paths].filter((path) => before.get(path) !== after.get(path) && !told.has(path)).sort();
    for (const path of changed) told.add(path);
    if (changed.length > 0) tell(treeChanged(changed));
  }

  return {
    during: async (files, build) => {
      if (running === 0) before = stampsOf(root, files);
      running += 1;
      try {
        return await build();
      } finally {
        running -= 1;
        if (running === 0) await look();
      }
    },
  };
}

/** A file's size, mode and time of the last change of any of them, which no program can set back; left out when it is gone. */
function stampsOf(root: string, files: readonly string[]): ReadonlyMap<string, string> {
  const stamps = new Map<string, string>();
  for (const path of files) {
    const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (stats !== undefined) stamps.set(path, `${stats.ctimeMs} ${stats.size} ${stats.mode}`);
  }
  return stamps;
}

function treeChanged(paths: readonly string[]): Problem {
  const named = paths.slice(0, NAMED).join(', ');
  const rest = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : '';
  return {
    code: 'NXPYPI_BUILD_WROTE_TREE',
    message: `while packages were built, ${named}${rest} changed in the working tree`,
    hint: 'if nobody edited there, a build wrote outside of its stage: find the path in its setup.py or build hook, and generate such files before the release',
  };
}
