import { posix } from 'node:path';
import type { PythonPackage, ReadText } from '@nx-pypi/manifests';
import type { Found } from '@nx-pypi/release';
import { readsIgnoreFiles } from './backend-habits.ts';
import { fileMentions } from './file-mentions.ts';
import type { Listing } from './listing.ts';
import { outsideFiles } from './outside-files.ts';
import { resolveEntry, type StageFile } from './resolve-entry.ts';
import { shippedIgnored } from './shipped-ignored.ts';

export interface StageSources {
  /** Real absolute path. */
  readonly root: string;
  readonly files: Listing;
  readonly readText: ReadText;
  /** Folders of all packages: a nested one's files belong to it, not to the package around it. */
  readonly packageFolders: ReadonlySet<string>;
}

/** Rule D1: what the build may see, sorted by path. */
export async function planStage(pkg: PythonPackage, sources: StageSources): Promise<Found<readonly StageFile[]>> {
  const { root, files, readText } = sources;
  const ignored = await files.ignoredBelow(pkg.path);
  const known = (path: string): boolean => files.has(path) || ignored.includes(path);
  const mentions = fileMentions(pkg, (path) => (known(path) ? readText(path) : undefined), ignored.length > 0);
  const outside = outsideFiles(root, pkg, mentions.paths, files);
  if (outside.kind === 'problem') return outside;
  const entries = new Set([
    ...files.below(pkg.path).filter((path) => !isNested(path, pkg.path, sources.packageFolders)),
    ...shippedIgnored(pkg.path, mentions.shipped, ignored),
    ...outside.value,
    ...pkg.files,
    ...(readsIgnoreFiles(pkg) ? ignoreFilesAbove(pkg.path, files) : []),
  ]);
  const staged = new Map<string, StageFile>();
  for (const entry of entries) {
    const resolved = await resolveEntry(root, entry, files);
    if (resolved.kind === 'problem') return resolved;
    for (const file of resolved.value) staged.set(file.path, file);
  }
  return { kind: 'found', value: [...staged.values()].sort(byPath) };
}

/** Whether a folder between `owner` and the file is a package of its own. */
function isNested(path: string, owner: string, packageFolders: ReadonlySet<string>): boolean {
  for (let at = posix.dirname(path); at !== owner && at !== '.'; at = posix.dirname(at)) {
    if (packageFolders.has(at)) return true;
  }
  return false;
}

function ignoreFilesAbove(folder: string, files: Listing): readonly string[] {
  const found: string[] = [];
  for (let at = folder; at !== '.';) {
    at = posix.dirname(at);
    for (const name of ['.gitignore', '.hgignore']) {
      const path = posix.join(at, name);
      if (files.has(path)) found.push(path);
    }
  }
  return found;
}

function byPath(left: StageFile, right: StageFile): number {
  return left.path < right.path ? -1 : Number(left.path > right.path);
}
