import { lstatSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { ReadText } from '@nx-pypi/manifests';

/** Manifests are text written by people; what is larger is none. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;

/**
 * Reads files of a workspace by relative path. `undefined` for what is missing, unreadable, a folder, not UTF-8, over
 * 16 MiB, or outside the workspace once symlinks are followed. A byte order mark is kept: edits count it.
 */
export function readWorkspaceText(root: string): ReadText {
  const base = realOrNull(root);
  if (base === null) return () => undefined;
  const realFolder = foldersInside(base);
  return (path) => {
    if (isAbsolute(path)) return undefined;
    const slash = path.lastIndexOf('/');
    if (slash > 0 && PLAIN.test(path)) {
      const folder = realFolder(`${base}${sep}${path.slice(0, slash)}`);
      return folder === null ? undefined : readInside(base, `${folder}${sep}${path.slice(slash + 1)}`);
    }
    const asked = resolve(base, path);
    const folder = realFolder(dirname(asked));
    return folder === null ? undefined : readInside(base, join(folder, basename(asked)));
  };
}

/** Nothing in it that has to be resolved: most paths, thousands with every command. */
const PLAIN = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)+$/;

/** Real paths of folders of the workspace, null for those outside; each that exists is looked at once. */
function foldersInside(base: string): (folder: string) => string | null {
  const known = new Map<string, string | null>([[base, base]]);
  return (folder) => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const real = realOrNull(folder);
    if (real === null) return null;
    const inside = isInside(base, real) ? real : null;
    known.set(folder, inside);
    return inside;
  };
}

/** `path` lies in a real folder of the workspace, and may itself be a symlink. */
function readInside(base: string, path: string): string | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (!stats.isSymbolicLink()) return readUtf8(path, stats);
    const real = realpathSync.native(path);
    return isInside(base, real) ? readUtf8(real, statSync(real)) : undefined;
  } catch {
    return undefined;
  }
}

/** True for `folder` itself and what lies below it; both absolute and without symlinks. */
function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

function realOrNull(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What reading puts where bytes are no UTF-8; a text may also hold it in its own right. */
const REPLACEMENT = '\uFFFD';

/** `readFileSync` with an encoding makes no buffer, but lets faults pass. */
function readUtf8(path: string, stats: Stats): string | undefined {
  if (!stats.isFile() || stats.size > MAX_TEXT_BYTES) return undefined;
  const text = readFileSync(path, 'utf8');
  return text.includes(REPLACEMENT) ? UTF_8.decode(readFileSync(path)) : text;
}
