import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { ReadText } from '@nx-pypi/manifests';

/** Manifests are text written by people; what is larger is none. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;

/**
 * Reads files of a workspace by relative path. `undefined` for what is missing, unreadable, a folder, not UTF-8, over
 * 16 MiB, or outside the workspace once symlinks are followed. A byte order mark is kept: edits count it.
 */
export function readWorkspaceText(root: string): ReadText {
  const base = realOrNull(root);
  return (path) => {
    if (base === null || isAbsolute(path)) return undefined;
    const real = realOrNull(resolve(base, path));
    if (real === null || !isInside(base, real)) return undefined;
    return readUtf8(real);
  };
}

/** True for `folder` itself and what lies below it; both absolute and without symlinks. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function realOrNull(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function readUtf8(path: string): string | undefined {
  try {
    const stats = statSync(path);
    if (!stats.isFile() || stats.size > MAX_TEXT_BYTES) return undefined;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch {
    return undefined;
  }
}
