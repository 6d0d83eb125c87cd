import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileChange } from '@nx-pypi/release';
import { cacheFolder } from '../files/cache-folder.ts';

/** What a command is about to write, kept until all of it is written. */
export interface Journal {
  readonly format: 1;
  /** Of the process that writes: its temporary files bear it. */
  readonly pid: number;
  readonly files: readonly FileChange[];
  /** The files were written by a host such as Nx, which writes each in place and may not have meant to write at all. */
  readonly byHost?: true;
}

export function journalFile(root: string): string {
  return join(cacheFolder(root), 'journal.json');
}

/** Held while a command writes or completes. */
export function writingLock(root: string): string {
  return join(cacheFolder(root), 'writing.lock');
}

/** The journal that a command left behind, or null. It is replaced in one step, so it is never half-written. */
export async function readJournal(root: string): Promise<Journal | null> {
  const text = await readFile(journalFile(root), 'utf8').catch(() => null);
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  return isJournal(value) ? value : null;
}

function isJournal(value: unknown): value is Journal {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 1 && 'files' in value;
}

/** How far one file of a journal is, by the text that it has now; null for no file. */
export function stateOf(
  { before, after }: FileChange,
  text: string | null,
  { byHost }: Pick<Journal, 'byHost'>,
): 'untouched' | 'begun' | 'edited' {
  if (text === before) return 'untouched';
  // A host that is killed while it writes in place leaves the beginning of a text.
  const isBegun = text === after || (byHost === true && text !== null && after.startsWith(text));
  return isBegun ? 'begun' : 'edited';
}
