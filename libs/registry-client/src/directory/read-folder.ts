import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PublishedFile } from '@nx-pypi/release';
import { normalizeName } from '@nx-pypi/standards';
import type { PageReading } from '../page/page-reading.ts';
import { hashFile } from '../read/hash-file.ts';
import { missing, otherSpelling, unreadable } from './directory-problem.ts';
import { readEntries } from './folder-page.ts';

/** The wheels and sdists in a package's folder, whether its page lists them or not; hashes come from the page where it has them. */
export async function readFolder(directory: string, name: string): Promise<PageReading> {
  const folder = join(directory, name);
  try {
    const names = (await listOf(folder))?.filter(isDistribution) ?? [];
    if (names.length === 0) return await absentFrom(directory, name);
    const entries = await readEntries(folder);
    const files = await Promise.all(
      names.map(async (filename): Promise<PublishedFile> => {
        const entry = entries.get(filename);
        return {
          filename,
          url: pathToFileURL(join(folder, filename)).href,
          sha256: entry?.sha256 ?? (await hashFile(join(folder, filename)))?.sha256 ?? null,
          requiresPython: entry?.requiresPython ?? null,
          yanked: entry?.yanked ?? false,
          size: null,
        };
      }),
    );
    return { kind: 'page', files, problems: [] };
  } catch (error) {
    return { kind: 'unknown', problem: unreadable(folder, error) };
  }
}

/** Names of wheels, sdists and eggs, of finished files alone. */
export function isDistribution(filename: string): boolean {
  return !filename.startsWith('.') && /\.(?:whl|tar\.gz|zip|tar\.bz2|egg)$/i.test(filename);
}

/** Absent counts only where the folder above is there (B1), and holds no other spelling of the name. */
async function absentFrom(directory: string, name: string): Promise<PageReading> {
  const folders = await listOf(directory);
  if (folders === null) return { kind: 'unknown', problem: missing(directory) };
  const other = folders.find((folder) => folder !== name && normalizeName(folder) === name);
  if (other === undefined) return { kind: 'absent' };
  return { kind: 'unknown', problem: otherSpelling(directory, name, other) };
}

/** Null where there is no such folder; throws for what keeps it from being read. */
async function listOf(folder: string): Promise<readonly string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
