import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from './write-file-atomic.ts';

/** JSON values by a text of any length. */
export interface JsonCache {
  /** The value, or undefined where none was written or it can't be read. */
  readonly read: (key: string) => Promise<unknown>;
  /** A disk that is full costs the entry, not the run. */
  readonly write: (key: string, value: unknown) => Promise<void>;
}

/** One file per key in `folder`, an absolute path that is made when it is first needed. */
export function jsonCache(folder: string): JsonCache {
  const place = (key: string): string => {
    const name = createHash('sha256').update(key).digest('hex');
    return join(folder, name.slice(0, 2), `${name}.json`);
  };
  return {
    read: async (key) => {
      try {
        return JSON.parse(await readFile(place(key), 'utf8')) as unknown;
      } catch {
        return undefined;
      }
    },
    write: async (key, value) => {
      await writeFileAtomic(place(key), JSON.stringify(value)).catch(() => undefined);
    },
  };
}
