import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { normalize } from 'node:path/posix';

/** Contents by path; paths are relative, with `/`. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

/**
 * Writes every file of `tree` below `root`, with the folders that lead there. What is there already is overwritten.
 *
 * @throws Error for a path that leaves `root`, before anything is written
 */
export async function writeTree(root: string, tree: Tree): Promise<void> {
  const files = Object.entries(tree).map(([path, content]) => ({ file: join(root, inside(path)), content }));
  await Promise.all(
    files.map(async ({ file, content }) => {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }),
  );
}

function inside(path: string): string {
  const normal = normalize(path);
  if (path === '' || path.includes('\\') || normal.startsWith('/') || normal === '..' || normal.startsWith('../')) {
    throw new Error(`not a path inside the tree: ${JSON.stringify(path)}`);
  }
  return normal;
}
