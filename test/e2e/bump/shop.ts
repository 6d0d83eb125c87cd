import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveShelf, writeTree, type Shelf } from '@nx-pypi/testkit';
import { nxWorkspace, type NxWorkspace } from '../nx-workspace.ts';

export interface Shop extends NxWorkspace {
  readonly shelf: Shelf;
  readonly read: (path: string) => string;
  /** Absolute path of what a command leaves that is killed while it writes. */
  readonly journal: string;
  /** Leaves what a bump leaves that was killed before its last file. */
  readonly killedBump: () => Promise<void>;
  /** What differs from the last commit, as `path: line` for every line that is there now. */
  readonly changes: () => Promise<readonly string[]>;
}

export const FILES: Readonly<Record<string, string>> = {
  'flour/pyproject.toml': '[project]\nname = "flour"\nversion = "1.0.0"  # behind the registry\n',
  'dough/pyproject.toml': '[project]\nname = "dough"\nversion = "1.0.0"\ndependencies = ["flour[rye] ~=1.4"]\n',
  'cake/setup.cfg': '[metadata]\nname = cake\nversion = 0.3.0\n\n[options]\ninstall_requires =\n    flour>=1,<2\n',
};

/** A bakery in an Nx workspace; all of it is released, as a loopback index shows. */
export async function shop(nxVersion?: string, nxJson: Readonly<Record<string, unknown>> = {}): Promise<Shop> {
  const shelf: Shelf = { flour: ['1.4.1', '1.4.2'], dough: ['1.0.0'], cake: ['0.3.0'] };
  const url = await serveShelf(shelf);
  const workspace = await nxWorkspace({
    packages: [],
    files: FILES,
    options: { registry: { uploadUrl: `${url}/upload/`, indexUrl: `${url}/simple/` } },
    nxJson,
    ...(nxVersion === undefined ? {} : { nxVersion }),
  });
  const journal = join(workspace.root, '.nx/nx-pypi/journal.json');
  return {
    ...workspace,
    shelf,
    journal,
    killedBump: async () => {
      const [path, before] = ['cake/setup.cfg', FILES['cake/setup.cfg'] ?? ''];
      const files = [{ path, before, after: before.replace('0.3.0', '0.4.0') }];
      const text = JSON.stringify({ format: 1, pid: 4_000_000, files });
      await writeTree(workspace.root, { '.nx/nx-pypi/journal.json': text });
    },
    read: (path) => readFileSync(join(workspace.root, path), 'utf8'),
    changes: async () => {
      const diff = await workspace.git('diff', '--unified=0', '--no-color', 'HEAD');
      let file = '';
      return diff.split('\n').flatMap((line) => {
        if (line.startsWith('+++ b/')) file = line.slice('+++ b/'.length);
        return line.startsWith('+') && !line.startsWith('+++') ? [`${file}: ${line.slice(1)}`] : [];
      });
    },
  };
}
