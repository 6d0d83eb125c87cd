import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { FileChange } from '@nx-pypi/release';
import { writeFileAtomic } from '../files/write-file-atomic.ts';
import { acquireLock } from '../locks/acquire-lock.ts';
import { unwritable } from './check-files.ts';
import { journalFile, writingLock, type Journal } from './journal.ts';
import { completeJournal } from './recover.ts';

/** Seconds to wait for another command of the same workspace that is writing. */
const PATIENCE = 30;

/**
 * Writes every file or none: what was begun when the process is killed is completed by `recoverWrites`. Problems, with
 * nothing written: a file that is not as it was read, one that is read-only, a file system that refuses.
 */
export async function writeAll(root: string, changes: readonly FileChange[]): Promise<readonly Problem[]> {
  if (changes.length === 0) return [];
  const lock = await acquireLock(writingLock(root), {}, { wait: PATIENCE });
  if (lock.kind === 'problem') return [lock.problem];
  try {
    const earlier = await completeJournal(root);
    if (earlier.kind === 'problem') return [earlier.problem];
    const problems = await unwritable(root, changes);
    if (problems.length > 0) return problems;
    return await writeJournaled(root, changes);
  } finally {
    await lock.value.release();
  }
}

async function writeJournaled(root: string, files: readonly FileChange[]): Promise<readonly Problem[]> {
  const journal: Journal = { format: 1, pid: process.pid, files };
  await writeFileAtomic(journalFile(root), JSON.stringify(journal));
  const written: FileChange[] = [];
  try {
    for (const file of files) {
      await writeFileAtomic(join(root, file.path), file.after);
      written.push(file);
    }
  } catch (error) {
    for (const file of written) await undo(root, file);
    await rm(journalFile(root), { force: true });
    return [refused(files[written.length]?.path ?? '', error)];
  }
  await rm(journalFile(root), { force: true });
  return [];
}

async function undo(root: string, { path, before }: FileChange): Promise<void> {
  if (before === null) await rm(join(root, path), { force: true });
  else await writeFileAtomic(join(root, path), before);
}

function refused(path: string, error: unknown): Problem {
  return {
    code: 'NXPYPI_WRITE_REFUSED',
    message: `${path} can't be written: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'everything is as it was before; mend the cause and run the command again',
    where: path,
  };
}
