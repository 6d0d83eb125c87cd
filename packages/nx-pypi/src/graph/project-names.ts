import type { PythonPackage } from '@nx-pypi/manifests';

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
      return [pkg.path, claims.get(pkg.normalizedName) === 1 ? pkg.normalizedName : pathName(pkg)];
    }),
  );
}

/** `python:packages/core`: no package.json or normalised name can say that. */
function pathName(pkg: PythonPackage): string {
  return brokenProjectName(pkg.path);
}

/** The name of a folder whose manifest gives none that could be used. */
export function brokenProjectName(path: string): string {
  return `python-${path === '.' ? 'root' : path.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}`;
}
