import type { PythonPackage } from '@nx-pypi/manifests';
import { isValidName } from '@nx-pypi/standards';

/** Names that other files of the workspace give to Nx projects, by the project's folder. */
export type GivenNames = ReadonlyMap<string, string>;

/**
 * The Nx project name of every package, by its path: the name that a project.json or package.json gives to that very
 * folder, else the normalised package name, else, where that is taken by another project, a name made of the path.
 * One duplicate name would make Nx refuse the whole graph.
 */
export function projectNames(packages: readonly PythonPackage[], given: GivenNames): ReadonlyMap<string, string> {
  const claims = new Map<string, number>();
  const claim = (name: string): void => void claims.set(name, (claims.get(name) ?? 0) + 1);
  for (const name of given.values()) claim(name);
  for (const pkg of packages) if (!given.has(pkg.path)) claim(pkg.normalizedName);
  return new Map(
    packages.map((pkg) => {
      const own = given.get(pkg.path);
      if (own !== undefined) return [pkg.path, own];
      const free = claims.get(pkg.normalizedName) === 1 && isValidName(pkg.name);
      return [pkg.path, free ? pkg.normalizedName : brokenProjectName(pkg.path)];
    }),
  );
}

/** A name made of the path, for a folder whose manifest gives none that could be used. */
export function brokenProjectName(path: string): string {
  return `python-${path === '.' ? 'root' : path.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}`;
}
