import { open as openFile } from 'node:fs/promises';
import type { Problem } from '@nx-pypi/manifests';
import type { Found } from '@nx-pypi/release';
import type { Member, Refusal, Wanted } from './archive.ts';
import { readTarGz } from './read-tar-gz.ts';
import { readZip } from './read-zip.ts';

/** Reads a wheel or sdist under the limits of rule H4. Its first bytes tell the format; `filename` is for messages. */
export async function readArchive(
  file: string,
  filename: string,
  want: (path: string) => Wanted,
): Promise<Found<readonly Member[]>> {
  try {
    const read = await (await readerOf(file))(file, want);
    return 'refused' in read ? { kind: 'problem', problem: refused(filename, read) } : { kind: 'found', value: read };
  } catch (error) {
    return { kind: 'problem', problem: unreadable(filename, error) };
  }
}

/** Zip archives begin with `PK`: wheels, and sdists from before PEP 625. */
async function readerOf(file: string): Promise<typeof readZip> {
  const handle = await openFile(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.subarray(0, bytesRead).toString('latin1') === 'PK' ? readZip : readTarGz;
  } finally {
    await handle.close();
  }
}

function refused(filename: string, refusal: Refusal): Problem {
  return {
    code: 'NXPYPI_ARCHIVE_REFUSED',
    message: `The archive ${filename} ${refusal.refused}.`,
    hint: 'Find out who made it; nx-pypi opens no archive that could write outside of its own folder or fill a disk.',
    where: filename,
  };
}

function unreadable(filename: string, error: unknown): Problem {
  return {
    code: 'NXPYPI_ARCHIVE_UNREADABLE',
    message: `The archive ${filename} could not be read: ${error instanceof Error ? error.message : String(error)}.`,
    hint: 'Build or download it again; it is truncated or of another format than its name says.',
    where: filename,
  };
}
