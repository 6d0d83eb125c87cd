import type { PythonPackage } from '@nx-pypi/manifests';
import type { Commit } from './commit.ts';

/** Folders and files of a package that say nothing to its users. */
const UNSHIPPED = /^(tests?|docs?|\.[^/]*)\/|^(CHANGELOG(\.md)?|project\.json|package\.json)$/i;

/**
 * The commits that touch what a package ships: files of its folder without tests, documentation and change log, those of
 * nested packages left out, and the files outside that its manifest was read from.
 */
export function touching(
  commits: readonly Commit[],
  pkg: PythonPackage,
  packages: readonly PythonPackage[],
): readonly Commit[] {
  const nested = packages.flatMap(({ path }) => (path !== pkg.path && isBelow(path, pkg.path) ? [`${path}/`] : []));
  const outside = new Set(pkg.files.filter((file) => !isBelow(file, pkg.path)));
  const ships = (file: string): boolean => {
    if (outside.has(file)) return true;
    if (!isBelow(file, pkg.path) || nested.some((folder) => file.startsWith(folder))) return false;
    return !UNSHIPPED.test(pkg.path === '.' ? file : file.slice(pkg.path.length + 1));
  };
  return commits.filter(({ files }) => files.some(ships));
}

function isBelow(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}
