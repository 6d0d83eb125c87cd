import { readdirSync, readFileSync, statSync } from 'node:fs';
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
  const folder = gitFolder(root);
  if (folder === null || !mayHoldLinks(folder)) return [];
  const listing = await runGit(root, ['ls-files', '-z', '--stage']);
  if (!listing.ok) return [];
  const links = listing.stdout.split('\0').filter((line) => line.startsWith(MODE));
  return links.map((line) => line.slice(line.indexOf('\t') + 1)).sort();
}

/** The folder of the index: of a linked work tree its own (gitrepository-layout(5)). Null outside git. */
function gitFolder(root: string): string | null {
  for (let at = resolve(root); ; at = dirname(at)) {
    const entry = join(at, '.git');
    const stats = statSync(entry, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) return entry;
    const [, target = null] = stats === undefined ? [] : (/^gitdir: (.+)/.exec(readFileSync(entry, 'utf8')) ?? []);
    if (target !== null) return resolve(at, target.trimEnd());
    if (at === dirname(at)) return null;
  }
}

/** False where none can be among the entries. A split index keeps entries in a second file. */
function mayHoldLinks(folder: string): boolean {
  try {
    const index = readFileSync(join(folder, 'index'));
    return index.includes(MODE_BYTES) || readdirSync(folder).some((name) => name.startsWith('sharedindex.'));
  } catch {
    // Without an index nothing is tracked.
    return false;
  }
}
