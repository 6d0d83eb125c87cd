import { readlinkSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { dirname, join as joinPaths } from 'node:path/posix';
import type { PythonPackage } from '@nx-pypi/manifests';
import { listLinks } from '@nx-pypi/workspace';

/** A tracked symlink and where in the workspace it leads: what it names, and what that is in the end. */
export interface Link {
  readonly path: string;
  readonly targets: readonly string[];
}

/** The tracked symlinks that lead to other places of the workspace. */
export async function workspaceLinks(root: string): Promise<readonly Link[]> {
  const paths = await listLinks(root);
  if (paths.length === 0) return [];
  const real = realpathSync(root);
  return paths.flatMap((path) => {
    const targets = [...new Set([named(root, path), final(real, join(root, path))])].filter(
      (target) => target !== null,
    );
    return targets.length === 0 ? [] : [{ path, targets }];
  });
}

/** By package path: what lies outside of its folder and is shipped through a symlink inside it. */
export function linkedOutside(
  packages: readonly PythonPackage[],
  links: readonly Link[],
): ReadonlyMap<string, readonly string[]> {
  const paths = new Set(packages.map(({ path }) => path));
  const outside = new Map<string, string[]>();
  for (const { path, targets } of links) {
    const owner = ownerOf(path, paths);
    if (owner === null || owner === '.') continue;
    const beyond = targets.filter((target) => !`${target}/`.startsWith(`${owner}/`) && target !== '.');
    outside.set(owner, [...(outside.get(owner) ?? []), ...beyond]);
  }
  return outside;
}

/** The innermost package that a file lies in. */
function ownerOf(file: string, paths: ReadonlySet<string>): string | null {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (paths.has(folder)) return folder;
    if (folder === '.') return null;
  }
}

function named(root: string, path: string): string | null {
  try {
    const target = readlinkSync(join(root, path)).replaceAll('\\', '/');
    return target.startsWith('/') ? null : inside(joinPaths(dirname(path), target));
  } catch {
    // Deleted, or checked out as a file (core.symlinks=false).
    return null;
  }
}

function final(real: string, link: string): string | null {
  try {
    return inside(relative(real, realpathSync(link)).split(sep).join('/'));
  } catch {
    // Leads nowhere, or in a circle.
    return null;
  }
}

function inside(path: string): string | null {
  const target = path.replace(/\/+$/, '');
  return target === '' || target === '.' || target === '..' || target.startsWith('../') ? null : target;
}
