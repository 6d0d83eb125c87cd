import type { PythonPackage } from '@nx-pypi/manifests';
import type { Commit } from './commit.ts';

/**
 * Files of a package's folder that say nothing to its users. Source of the folders: setuptools,
 * `FlatLayoutPackageFinder.DEFAULT_EXCLUDE`, of which those that are commonly no package.
 */
const UNSHIPPED =
  /^(tests?|docs?|examples?|benchmarks?|\.[^/]*)\/|^(CHANGELOG(\.md)?|project\.json|package\.json|conftest\.py|noxfile\.py|tox\.ini|\.[^/]*)$/i;

/** What a backend reads to leave files out; it ships nothing of them. */
const IGNORE_FILE = /(^|\/)\.(git|hg)ignore$/;

export interface Territory {
  readonly package: PythonPackage;
  /** What its stage holds (rule D1), workspace-relative. */
  readonly sources: readonly string[];
  /** All packages of the workspace. */
  readonly packages: readonly PythonPackage[];
}

/**
 * The commits that touch what a package ships: files of its folder, deleted ones too, without tests, documentation and
 * change log, those of nested packages left out; and the files outside that its stage holds.
 */
export function touching(
  commits: readonly Commit[],
  { package: pkg, sources, packages }: Territory,
): readonly Commit[] {
  const nested = packages.flatMap(({ path }) => (path !== pkg.path && isBelow(path, pkg.path) ? [`${path}/`] : []));
  const staged = new Set([...pkg.files, ...sources].filter((file) => !IGNORE_FILE.test(file)));
  const ships = (file: string): boolean => {
    if (!isBelow(file, pkg.path) || nested.some((folder) => file.startsWith(folder))) return staged.has(file);
    return !UNSHIPPED.test(pkg.path === '.' ? file : file.slice(pkg.path.length + 1));
  };
  return commits.filter(({ files }) => files.some(ships));
}

function isBelow(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}
