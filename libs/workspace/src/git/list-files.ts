import { runGit } from './run-git.ts';

const GITLINK = '160000';

/** Tracked files and untracked ones that are not ignored; null outside git. Relative to `root` with `/`, sorted. */
export async function listKnownFiles(root: string): Promise<readonly string[] | null> {
  const [tracked, untracked] = await Promise.all([
    listTrackedFiles(root),
    runGit(root, ['ls-files', '-z', '--others', '--exclude-standard']),
  ]);
  if (tracked === null || !untracked.ok) return null;
  const known = new Set(tracked);
  for (const path of zeroSeparated(untracked.stdout)) if (!path.endsWith('/')) known.add(path);
  return [...known].sort();
}

/** Files in git's index, those of submodules that are checked out included; null outside git. */
export async function listTrackedFiles(root: string): Promise<readonly string[] | null> {
  const listing = await runGit(root, ['ls-files', '-z', '--stage']);
  if (!listing.ok) return null;
  const paths = new Set<string>();
  for (const line of zeroSeparated(listing.stdout)) {
    const path = line.slice(line.indexOf('\t') + 1);
    if (!line.startsWith(GITLINK)) paths.add(path);
    else for (const inner of await listSubmodule(root, path)) paths.add(`${path}/${inner}`);
  }
  return [...paths].sort();
}

/**
 * Files that git ignores below folders of the workspace, all asked at once; empty outside git. Relative to `root` with
 * `/`, sorted. What lies in a node_modules is left out: it holds tens of thousands of files and belongs to no package.
 */
export async function listIgnoredFiles(root: string, folders: readonly string[]): Promise<readonly string[]> {
  const pathspecs = [...folders, ':(exclude,glob)**/node_modules/**'];
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--', ...pathspecs];
  const listing = await runGit(root, args);
  return listing.ok ? zeroSeparated(listing.stdout).sort() : [];
}

/** An empty folder of a submodule that is not checked out belongs to the outer repository: its listing would repeat itself. */
async function listSubmodule(root: string, path: string): Promise<readonly string[]> {
  const folder = `${root}/${path}`;
  const own = await runGit(folder, ['rev-parse', '--show-prefix']);
  if (!own.ok || own.stdout.trim() !== '') return [];
  return (await listTrackedFiles(folder)) ?? [];
}

function zeroSeparated(text: string): string[] {
  return text.split('\0').filter((path) => path !== '');
}
