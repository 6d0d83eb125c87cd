import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { runGit } from './run-git.ts';

/** The mode of a symlink as git's index holds it (git, "index-format": type 1010, no permissions), and as git prints it. */
const MODE_BYTES = Buffer.from([0x00, 0x00, 0xa0, 0x00]);
const MODE = '120000 ';

/**
 * Symlinks that git tracks below a folder, relative to it with `/`; none outside git. The project graph asks for them with every
 * command, so git is started only where its index may hold one.
 */
export async function listLinks(root: string): Promise<readonly string[]> {
  const folder = await gitFolder(root);
  if (folder === null || !(await mayHoldLinks(folder))) return [];
  const listing = await runGit(root, ['ls-files', '-z', '--stage']);
  if (!listing.ok) return [];
  const links = listing.stdout.split('\0').filter((line) => line.startsWith(MODE));
  return links.map((line) => line.slice(line.indexOf('\t') + 1)).sort();
}

/** The folder of the index: of a linked work tree its own (gitrepository-layout(5)). Null outside git. */
async function gitFolder(root: string): Promise<string | null> {
  for (let at = resolve(root); ; at = dirname(at)) {
    const entry = join(at, '.git');
    try {
      const [, target = ''] = /^gitdir: (.+)/.exec(await readFile(entry, 'utf8')) ?? [];
      return resolve(at, target.trimEnd());
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EISDIR') return entry;
    }
    if (at === dirname(at)) return null;
  }
}

/** False where none can be among the entries. A split index keeps entries in a second file. */
async function mayHoldLinks(folder: string): Promise<boolean> {
  try {
    const index = await readFile(join(folder, 'index'));
    return index.includes(MODE_BYTES) || (await readdir(folder)).some((name) => name.startsWith('sharedindex.'));
  } catch {
    // Without an index nothing is tracked.
    return false;
  }
}
