import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { FileChange } from '@nx-pypi/release';
import { readWorkspaceText } from '../files/read-workspace-text.ts';

const OWNER_MAY_WRITE = 0o200;

/** Whatever speaks against writing, before the first write: files that changed since they were read, or are read-only. */
export async function unwritable(root: string, changes: readonly FileChange[]): Promise<readonly Problem[]> {
  const readText = readWorkspaceText(root);
  const problems = await Promise.all(
    changes.map(async ({ path, before }): Promise<Problem | null> => {
      if ((readText(path) ?? null) !== before) return changedMeanwhile(path);
      return before !== null && (await isReadOnly(join(root, path))) ? readOnly(path) : null;
    }),
  );
  return problems.filter((problem) => problem !== null);
}

/** By its mode: a file that is marked read-only is so for an administrator too. */
async function isReadOnly(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  return (mode & OWNER_MAY_WRITE) === 0;
}

function changedMeanwhile(path: string): Problem {
  return {
    code: 'NXPYPI_MANIFEST_CHANGED',
    message: `${path} changed since it was read`,
    hint: 'run the command again; nothing was written',
    where: path,
  };
}

function readOnly(path: string): Problem {
  return {
    code: 'NXPYPI_READ_ONLY',
    message: `${path} is read-only`,
    hint: 'make it writable (chmod u+w) and run the command again; nothing was written',
    where: path,
  };
}
