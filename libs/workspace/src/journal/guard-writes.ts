import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileChange, Found } from '@nx-pypi/release';
import { acquireLock } from '../locks/acquire-lock.ts';
import { journalFile, stateOf, writingLock, type Journal } from './journal.ts';
import { completeJournal } from './recover.ts';

/** Watches over files that a host, such as Nx, writes in this process and not by our hand. */
export interface WriteGuard {
  /** What the host is about to write; said again, it replaces what was said before. */
  readonly begin: (changes: readonly FileChange[]) => void;
  /** The host writes no more. */
  readonly done: () => Promise<void>;
}

/** Seconds to wait for another command of the same workspace that is writing. */
const PATIENCE = 30;

/**
 * Keeps what a host writes whole: where this process ends between `begin` and `done`, killed or not, with some of the files
 * written, `recoverWrites` writes the others; with none written, as after a dry run, nothing is left to do.
 */
export async function guardWrites(root: string): Promise<Found<WriteGuard>> {
  const lock = await acquireLock(writingLock(root), {}, { wait: PATIENCE });
  if (lock.kind === 'problem') return lock;
  const earlier = await completeJournal(root);
  if (earlier.kind === 'problem') {
    await lock.value.release();
    return earlier;
  }
  let begun: readonly FileChange[] = [];
  const settle = (): void => {
    if (!isHalfWritten(root, begun)) rmSync(journalFile(root), { force: true });
  };
  const atExit = (): void => {
    settle();
    rmSync(writingLock(root), { force: true });
  };
  process.once('exit', atExit);
  const done = async (): Promise<void> => {
    process.removeListener('exit', atExit);
    settle();
    begun = [];
    await lock.value.release();
  };
  const begin = (changes: readonly FileChange[]): void => {
    begun = changes;
    writeJournal(root, changes);
  };
  return { kind: 'found', value: { begin, done } };
}

function writeJournal(root: string, files: readonly FileChange[]): void {
  const journal: Journal = { format: 1, pid: process.pid, files, byHost: true };
  const draft = `${journalFile(root)}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(journal));
  renameSync(draft, journalFile(root));
}

/** Some files are as they shall be, some as they were, and nobody else has touched one. */
function isHalfWritten(root: string, files: readonly FileChange[]): boolean {
  const texts = files.map(({ path }) => textOf(join(root, path)));
  const states = new Set(files.map((file, index) => stateOf(file, texts[index] ?? null, { byHost: true })));
  const isWhole = files.every(({ after }, index) => texts[index] === after);
  return states.has('begun') && !states.has('edited') && !isWhole;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
