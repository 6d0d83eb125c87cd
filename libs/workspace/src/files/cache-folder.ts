import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `<root>/.nx/nx-pypi`, made when missing. Nx and git look into `.nx`: the `.gitignore` keeps both from seeing caches. */
export function cacheFolder(root: string): string {
  const folder = join(root, '.nx', 'nx-pypi');
  mkdirSync(folder, { recursive: true });
  const ignore = join(folder, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  return folder;
}
