import { existsSync } from 'node:fs';
import { readdir, realpath, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { Found } from '@nx-pypi/release';
import { readWorkspaceText } from '../files/read-workspace-text.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';
import { acquireLock } from '../locks/acquire-lock.ts';
import { journalFile, readJournal, stateOf, writingLock, type Journal } from './journal.ts';

/**
 * Completes what a killed command had begun to write; the value is the files that it concerned, none as a rule. A problem
 * where one of them was edited since: then nothing is touched.
 */
export async function recoverWrites(root: string): Promise<Found<readonly string[]>> {
  if (!existsSync(join(root, '.nx', 'nx-pypi', 'journal.json'))) return { kind: 'found', value: [] };
  const lock = await acquireLock(writingLock(root), {}, { wait: 30 });
  if (lock.kind === 'problem') return lock;
  try {
    return await completeJournal(root);
  } finally {
    await lock.value.release();
  }
}

/** The caller holds the lock. */
export async function completeJournal(root: string): Promise<Found<readonly string[]>> {
  const journal = await readJournal(root);
  if (journal === null) return { kind: 'found', value: [] };
  const readText = readWorkspaceText(root);
  const states = journal.files.map((file) => stateOf(file, readText(file.path) ?? null, journal));
  if (journal.byHost === true && !states.includes('begun')) {
    await rm(journalFile(root), { force: true });
    return { kind: 'found', value: [] };
  }
  const edited = journal.files[states.indexOf('edited')];
  if (edited !== undefined) return { kind: 'problem', problem: editedSince(edited.path) };
  for (const { path, after } of journal.files)
    if (readText(path) !== after) await writeFileAtomic(join(root, path), after);
  await removeTemporaries(root, journal);
  await rm(journalFile(root), { force: true });
  return { kind: 'found', value: journal.files.map(({ path }) => path) };
}

/** What an atomic write leaves beside its file when its process is killed. */
async function removeTemporaries(root: string, { pid, files }: Journal): Promise<void> {
  for (const { path } of files) {
    const target = await realpath(join(root, path));
    const [folder, prefix] = [dirname(target), `.${basename(target)}.${pid}.`];
    const left = (await readdir(folder)).filter((name) => name.startsWith(prefix));
    for (const name of left) await rm(join(folder, name), { force: true });
  }
}

function editedSince(path: string): Problem {
  return {
    code: 'NXPYPI_HALF_WRITTEN',
    message: `a command was killed while it wrote manifests, and ${path} was edited since`,
    hint: 'check the files that .nx/nx-pypi/journal.json lists, then delete it and run the command again',
    where: path,
  };
}
