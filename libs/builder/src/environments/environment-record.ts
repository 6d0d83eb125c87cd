import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '@nx-pypi/workspace';
import { environmentPython } from './installer.ts';

/** Written last: an environment without it was left half-made. */
export interface EnvironmentRecord {
  /** Name of the folder beside the record. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly made: number;
}

const NAME = 'ready.json';

/** The finished environment in `place`; null when there is none, or its interpreter has gone. */
export async function readRecord(place: string): Promise<EnvironmentRecord | null> {
  try {
    const record = JSON.parse(await readFile(join(place, NAME), 'utf8')) as Partial<EnvironmentRecord>;
    if (typeof record.folder !== 'string' || typeof record.made !== 'number') return null;
    if (!/^[\w-]+$/.test(record.folder) || !existsSync(environmentPython(join(place, record.folder)))) return null;
    return { folder: record.folder, made: record.made };
  } catch {
    return null;
  }
}

export async function writeRecord(place: string, record: EnvironmentRecord): Promise<void> {
  await writeFileAtomic(join(place, NAME), JSON.stringify(record));
}
