import { createHash } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PythonPackage } from '@nx-pypi/manifests';
import { keptValues } from '@nx-pypi/workspace';
import type { StageFile } from '../staging/resolve-entry.ts';
import { isSettled } from './file-stamp.ts';

/** Source digests of this machine, by what the file system says of every staged file. */
export interface DigestMemory {
  /** Null where any of the files may have changed since. */
  readonly recall: (pkg: PythonPackage, files: readonly StageFile[]) => Promise<string | null>;
  /** Nothing is kept of a package with a file that was changed a moment ago. */
  readonly remember: (pkg: PythonPackage, files: readonly StageFile[], digest: string) => Promise<void>;
  readonly save: () => Promise<void>;
}

/** More packages than any workspace has. */
const LIMIT = 20_000;

/**
 * `folder` is an absolute path, made when missing; `product` names what makes the digests. To be opened before the first file is looked
 * at: `askClock` tells what the file system takes for now.
 */
export function digestMemory(
  folder: string,
  product: string,
  askClock: (folder: string) => number | null = fileClock,
): DigestMemory {
  const values = keptValues(join(folder, 'digests.json'), product, LIMIT);
  const clock = askClock(folder);
  return {
    recall: async (pkg, files) => {
      const kept = await values.read(pkg.path);
      return isKept(kept) && kept.key === keyOf(pkg, files) ? kept.digest : null;
    },
    remember: async (pkg, files, digest) => {
      if (clock === null || !files.every(({ stamp }) => isSettled(stamp, clock))) return;
      await values.write(pkg.path, { key: keyOf(pkg, files), digest });
    },
    save: values.save,
  };
}

/** A digest is a function of these, the files' contents instead of their stamps (rule D2). */
function keyOf(pkg: PythonPackage, files: readonly StageFile[]): string {
  const lines = files.map(({ path, source, executable, stamp }) => {
    const { size, modified, changed, inode } = stamp;
    return `${path}\0${source}\0${executable ? 'x' : '-'} ${size} ${modified} ${changed} ${inode}`;
  });
  return createHash('sha256')
    .update([JSON.stringify(pkg), ...lines].join('\0'))
    .digest('hex');
}

/** Milliseconds; a network may set a file system apart from this machine's time. Null where nothing can be written. */
function fileClock(folder: string): number | null {
  try {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'clock');
    writeFileSync(file, '');
    return Math.min(statSync(file).mtimeMs, Date.now());
  } catch {
    return null;
  }
}

interface Kept {
  readonly key: string;
  readonly digest: string;
}

/** What this product wrote; a file that was cut off holds none. */
function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && 'key' in value && 'digest' in value;
}
