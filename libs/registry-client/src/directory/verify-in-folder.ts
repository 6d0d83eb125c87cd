import { join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { VerifyOutcome } from '@nx-pypi/release';
import { hashFile } from '../read/hash-file.ts';
import { lookFor } from '../upload/look.ts';
import type { Planned } from '../upload/verify-file.ts';
import { readEntries } from './folder-page.ts';
import type { FolderOptions } from './upload-to-folder.ts';

/** Reads the file's bytes, and whether its page lists them (G7). */
export async function verifyInFolder(options: FolderOptions, planned: Planned): Promise<VerifyOutcome> {
  const { directory, reader } = options;
  const { name, filename, sha256, size } = planned;
  const folder = join(directory, name);
  const found = lookFor(filename, await reader.readFresh(name));
  if (found.kind === 'unknown') return { kind: 'timed-out', problem: found.problem };
  const stored = await hashFile(join(folder, filename));
  if (stored === null) return { kind: 'timed-out', problem: notThere(planned, folder) };
  if (stored.sha256 !== sha256 || (size !== null && stored.size !== size)) {
    return { kind: 'mismatch', problem: otherBytes(planned, stored.sha256, folder) };
  }
  const listed = (await readEntries(folder)).get(filename)?.sha256 === sha256;
  return listed ? { kind: 'visible' } : { kind: 'timed-out', problem: notListed(planned, folder) };
}

function notListed({ filename }: Planned, folder: string): Problem {
  return {
    code: 'NXPYPI_NOT_VISIBLE',
    message: `The page of its folder does not list ${filename} with the sha256 that was copied.`,
    hint: 'Something else writes to the folder: run again when it has ended.',
    where: folder,
  };
}

function notThere({ filename }: Planned, folder: string): Problem {
  return {
    code: 'NXPYPI_NOT_VISIBLE',
    message: `${filename} is not in its folder.`,
    hint: 'Something else writes to the folder: run again when it has ended.',
    where: folder,
  };
}

function otherBytes({ filename, sha256 }: Planned, stored: string, folder: string): Problem {
  return {
    code: 'NXPYPI_VERIFY_MISMATCH',
    message: `${filename} has the sha256 ${stored} in its folder, but ${sha256} was copied.`,
    hint: 'The stored file is damaged: delete it, or release the next version.',
    where: folder,
  };
}
