import type { Stats } from 'node:fs';

/** What a file system says of a file without opening it; times in milliseconds since 1970, with their fractions. */
export interface FileStamp {
  readonly size: number;
  readonly modified: number;
  /** Set by every change of content, name or mode, and by no program (stat(2), `st_ctime`). */
  readonly changed: number;
  readonly inode: number;
}

/** The coarsest times of a file system in use: FAT counts in steps of two seconds. */
const COARSEST = 2_000;

export function stampOf(stats: Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino'>): FileStamp {
  return { size: stats.size, modified: stats.mtimeMs, changed: stats.ctimeMs, inode: stats.ino };
}

/**
 * Whether the stamp would tell of any later change. A file that was changed within the last step of the clock could be changed again
 * without another time, which git calls racily clean (git, Documentation/technical/racy-git.txt). `clock` is the file system's own
 * time from before the file was looked at.
 */
export function isSettled(stamp: FileStamp, clock: number): boolean {
  return Math.max(stamp.modified, stamp.changed) < clock - COARSEST;
}
