import { existsSync, lstatSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import type { Found } from '@nx-pypi/release';
import picomatch from 'picomatch';
import type { Listing } from './listing.ts';

/** Files outside the package's folder that its manifests mention; workspace-relative. */
export function outsideFiles(
  root: string,
  pkg: PythonPackage,
  mentioned: readonly string[],
  files: Listing,
): Found<readonly string[]> {
  const found = new Set<string>();
  for (const written of new Set(mentioned)) {
    if (!/(?:^|\/)\.\.(?:\/|$)/.test(written)) continue;
    const path = posix.normalize(posix.join(pkg.path, written)).replace(/\/+$/, '');
    if (isAncestor(path, pkg.path)) continue;
    if (path.startsWith('..')) {
      if (!existsSync(join(root, path))) continue;
      return { kind: 'problem', problem: leaves(pkg, written) };
    }
    for (const file of filesAt(root, path, files)) found.add(file);
  }
  return { kind: 'found', value: [...found] };
}

/** A file counts although git ignores it: the manifest names it. Of a folder or glob, what git knows counts. */
function filesAt(root: string, path: string, files: Listing): readonly string[] {
  if (files.has(path)) return [path];
  const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return files.below(path);
  if (stats !== undefined) return [path];
  if (!/[*?[{]/.test(path)) return [];
  const matches = picomatch(path, { dot: true });
  return files.files.filter((file) => matches(file));
}

/** `root = "../.."` of SCM plugins names the repository, not files that are shipped. */
function isAncestor(path: string, folder: string): boolean {
  return path === '.' || path === folder || folder.startsWith(`${path}/`) || /^(?:\.\.\/?)+$/.test(path);
}

function leaves(pkg: PythonPackage, written: string): Problem {
  return {
    code: 'NXPYPI_STAGE_LEAVES_WORKSPACE',
    message: `The package ${pkg.name} refers to ${written}, which lies outside of the workspace.`,
    hint: 'Move the file into the workspace: a build on another machine would not find it.',
    where: pkg.manifest,
  };
}
