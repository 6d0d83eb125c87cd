import type { PythonPackage } from '@nx-pypi/manifests';

/** Build requirements that ask git which files to ship or what the version is. */
const ASK_GIT =
  /^(?:setuptools[-_.](?:scm|git|git-versioning|vcs-version)|hatch[-_.](?:vcs|regex-commit)|vcs[-_.]versioning|versioningit|pbr|dunamai|poetry-dynamic-versioning|uv-dynamic-versioning|versioneer|incremental)(?![\w.-])/i;

/** Backends that look at no ignore file: setuptools, flit_core and pdm-backend read the folder, poetry-core asks git. */
const IGNORE_FILES_UNREAD = /^(?:setuptools|flit_core|pdm\.backend|poetry\.core)(?![\w])/;

/** Whether the stage must be a git work tree of its own (rule D1). */
export function asksGit(pkg: PythonPackage): boolean {
  return pkg.version.kind === 'scm' || pkg.buildRequires.some((requirement) => ASK_GIT.test(requirement.trim()));
}

/**
 * Whether the backend reads `.gitignore` files above the package: hatchling takes the nearest one up to the folder that has
 * `.git` (hatchling, builders/config.py, `vcs_exclusion_files`). Unknown backends are taken to do so.
 */
export function readsIgnoreFiles(pkg: PythonPackage): boolean {
  return !IGNORE_FILES_UNREAD.test(pkg.backend);
}
