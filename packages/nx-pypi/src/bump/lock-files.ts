import { dirname } from 'node:path/posix';
import type { ReadText } from '@nx-pypi/manifests';

/** A lock file that contains a bumped package, and the command of its own tool that brings it up to date. */
export interface StaleLock {
  /** Relative to the workspace. */
  readonly file: string;
  /** Its folder. */
  readonly folder: string;
  readonly tool: 'uv' | 'poetry' | 'pdm';
  readonly arguments: readonly string[];
}

/**
 * Each tool's command that locks anew and keeps what is locked. Sources: uv, "Locking and syncing"; Poetry 2, `poetry lock`
 * (1.x: `--no-update`); PDM, `pdm lock --update-reuse`.
 */
const TOOLS = {
  'uv.lock': { tool: 'uv', arguments: ['lock'] },
  'poetry.lock': { tool: 'poetry', arguments: ['lock'] },
  'pdm.lock': { tool: 'pdm', arguments: ['lock', '--update-reuse'] },
} as const;

const NAMES = ['uv.lock', 'poetry.lock', 'pdm.lock'] as const;

/** The lock files in the folders of `paths` and above them that name one of `names`, or that belong to an edited manifest. */
export function staleLocks(
  edited: readonly string[],
  names: readonly string[],
  readText: ReadText,
): readonly StaleLock[] {
  const folders = new Set(edited.flatMap(ancestors));
  return [...folders].toSorted().flatMap((folder) =>
    NAMES.flatMap((name): readonly StaleLock[] => {
      const file = folder === '.' ? name : `${folder}/${name}`;
      const text = readText(file);
      if (text === undefined) return [];
      const isOwn = edited.some((path) => dirname(path) === folder);
      return isOwn || names.some((each) => text.includes(`name = "${each}"`))
        ? [{ file, folder, tool: TOOLS[name].tool, arguments: TOOLS[name].arguments }]
        : [];
    }),
  );
}

function ancestors(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === '.' || folder === '/') return folders;
  }
}

/** As a person would type it at the top of the workspace. */
export function lockCommand({ folder, tool, arguments: words }: StaleLock): string {
  const command = [tool, ...words].join(' ');
  return folder === '.' ? command : `(cd ${folder} && ${command})`;
}
