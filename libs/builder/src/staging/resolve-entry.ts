import { lstatSync, type Stats } from 'node:fs';
import { readlink, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { Found } from '@nx-pypi/release';
import { stampOf, type FileStamp } from '../digest/file-stamp.ts';
import type { Listing } from './listing.ts';
import { undecodableName } from './undecodable-name.ts';

/** One regular file of a stage. */
export interface StageFile {
  /** Place in the stage, relative to its root: the same as in the workspace. */
  readonly path: string;
  /** Absolute path of the file to copy, symlinks resolved. */
  readonly source: string;
  readonly executable: boolean;
  /** Of the source, from before it is read. */
  readonly stamp: FileStamp;
}

/** Symlinked folders inside symlinked folders: more than this is a loop. */
const MAX_DEPTH = 16;

/**
 * The files that an entry of the listing stands for: itself, what its symlink points to, or all files of a symlinked folder.
 * None when it was deleted or its symlink dangles inside the workspace. `root` is a real path.
 */
export async function resolveEntry(root: string, path: string, files: Listing, depth = 0): Promise<Found<StageFile[]>> {
  const absolute = join(root, path);
  const own = statsOf(absolute);
  if (own === null) {
    const problem = undecodableName(root, path);
    return problem === null ? { kind: 'found', value: [] } : { kind: 'problem', problem };
  }
  if (own.isFile()) return { kind: 'found', value: [stageFile(path, absolute, own)] };
  if (!own.isSymbolicLink()) return { kind: 'found', value: [] };
  const target = await realpath(absolute).catch(() => null);
  if (target === null) return dangling(root, path, absolute);
  const inside = relative(root, target);
  if (leavesRoot(inside)) return { kind: 'problem', problem: leaves(path, target) };
  const stats = await stat(target);
  if (stats.isFile()) return { kind: 'found', value: [stageFile(path, target, stats)] };
  return folderBehind(root, { path, target: inside.split(sep).join('/') }, files, depth);
}

async function folderBehind(
  root: string,
  link: { readonly path: string; readonly target: string },
  files: Listing,
  depth: number,
): Promise<Found<StageFile[]>> {
  const target = link.target === '' ? '.' : link.target;
  if (depth > MAX_DEPTH || target === '.' || link.path.startsWith(`${target}/`)) {
    return { kind: 'problem', problem: loops(link.path, target) };
  }
  const found: StageFile[] = [];
  for (const inner of files.below(target)) {
    const resolved = await resolveEntry(root, inner, files, depth + 1);
    if (resolved.kind === 'problem') return resolved;
    for (const file of resolved.value) {
      found.push({ ...file, path: posix.join(link.path, posix.relative(target, file.path)) });
    }
  }
  return { kind: 'found', value: found };
}

async function dangling(root: string, path: string, absolute: string): Promise<Found<StageFile[]>> {
  const target = resolve(dirname(absolute), await readlink(absolute));
  if (leavesRoot(relative(root, target))) return { kind: 'problem', problem: leaves(path, target) };
  return { kind: 'found', value: [] };
}

function stageFile(path: string, source: string, stats: Stats): StageFile {
  return { path, source, executable: (stats.mode & 0o100) !== 0, stamp: stampOf(stats) };
}

function leavesRoot(way: string): boolean {
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/** In this thread: a look takes microseconds, and to hand thousands of them to others costs ten times that. */
function statsOf(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

function leaves(path: string, target: string): Problem {
  return {
    code: 'NXPYPI_STAGE_LEAVES_WORKSPACE',
    message: `The symlink ${path} points to ${target}, which lies outside of the workspace.`,
    hint: 'Replace the symlink by the file, or move its target into the workspace.',
    where: path,
  };
}

function loops(path: string, target: string): Problem {
  return {
    code: 'NXPYPI_STAGE_LOOP',
    message: `The symlink ${path} points to ${target}, a folder that holds the symlink itself.`,
    hint: 'Remove the symlink: what it stands for has no end.',
    where: path,
  };
}
