import { dirname } from 'node:path/posix';
import type { PythonPackage } from '@nx-pypi/manifests';

/**
 * Paths of the packages that lie in another one's folder, by the path of the innermost that they lie in, in order. A package that
 * holds none has no entry, and what lies in a nested package is told of that one alone.
 */
export function nestedPackages(packages: readonly PythonPackage[]): ReadonlyMap<string, readonly string[]> {
  const paths = new Set(packages.map(({ path }) => path));
  const nested = new Map<string, string[]>();
  for (const path of paths) {
    const outer = outerOf(path, paths);
    const known = outer === null ? undefined : nested.get(outer);
    if (known !== undefined) known.push(path);
    else if (outer !== null) nested.set(outer, [path]);
  }
  return nested;
}

function outerOf(path: string, paths: ReadonlySet<string>): string | null {
  for (let folder = path; folder !== '.';) {
    folder = dirname(folder);
    if (paths.has(folder)) return folder;
  }
  return null;
}
