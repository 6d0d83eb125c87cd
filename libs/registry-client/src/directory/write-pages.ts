import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isValidName, normalizeName } from '@nx-pypi/standards';
import { hashFile } from '../read/hash-file.ts';
import { packagePage, pageName, readEntries, rootPage, type PageEntry } from './folder-page.ts';
import { isDistribution } from './read-folder.ts';

/** Writes a package's page anew from its folder; what the page said of other files stays. The caller holds the folder's lock. */
export async function writePackagePage(folder: string, name: string, own: PageEntry): Promise<void> {
  const known = await readEntries(folder);
  const filenames = (await readdir(folder)).filter(isDistribution);
  const entries = await Promise.all(
    filenames.map(async (filename): Promise<PageEntry> => {
      const entry =
        filename === own.filename ? { ...own, yanked: known.get(filename)?.yanked ?? false } : known.get(filename);
      if (entry !== undefined) return entry;
      const sha256 = (await hashFile(join(folder, filename)))?.sha256 ?? null;
      return { filename, sha256, requiresPython: null, yanked: false };
    }),
  );
  await replaceFile(join(folder, pageName), packagePage(name, entries));
}

/** Whether the page of all packages lists one. */
export async function isListed(directory: string, name: string): Promise<boolean> {
  const page = await readFile(join(directory, pageName), 'utf8').catch(() => '');
  return page.includes(`<a href="${name}/">`);
}

/** Writes the page of all packages anew. The caller holds the directory's lock. */
export async function writeRootPage(directory: string): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.flatMap((entry) =>
    !entry.isFile() && isValidName(entry.name) && normalizeName(entry.name) === entry.name ? [entry.name] : [],
  );
  await replaceFile(join(directory, pageName), rootPage(names));
}

/** Readers see the old content or the new one, also after a power cut. */
async function replaceFile(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.part`;
  try {
    const handle = await open(draft, 'wx', 0o666);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
