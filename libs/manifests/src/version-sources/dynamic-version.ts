import { flitVersion } from './flit.ts';
import type { FoundVersion, VersionContext } from './found-version.ts';
import { fromScm, unreadable } from './found-version.ts';
import { hatchVersion } from './hatch.ts';
import { maturinVersion } from './maturin.ts';
import { pdmVersion } from './pdm.ts';
import { scikitBuildVersion } from './scikit-build.ts';
import { GENERIC_PRETEND } from './scm.ts';
import { setuptoolsVersion } from './setuptools.ts';

interface VersionSource {
  /** The first part of `build-backend`. */
  readonly backend: string;
  readonly read: (context: VersionContext) => FoundVersion;
}

const SOURCES: readonly VersionSource[] = [
  { backend: 'hatchling', read: hatchVersion },
  { backend: 'flit_core', read: flitVersion },
  { backend: 'flit', read: flitVersion },
  { backend: 'flit_scm', read: () => fromScm('flit-scm', GENERIC_PRETEND) },
  { backend: 'pdm', read: pdmVersion },
  { backend: 'maturin', read: maturinVersion },
  { backend: 'scikit_build_core', read: scikitBuildVersion },
];

/** The version of a package that lists it in `project.dynamic` (PEP 621), as its backend finds it. Null: setuptools, which may keep it in setup.cfg or setup.py. */
export function dynamicVersion(context: VersionContext): FoundVersion | null {
  const [root = ''] = context.backend.split(/[.:]/);
  if (root === 'setuptools') {
    return setuptoolsVersion(context);
  }
  const source = SOURCES.find(({ backend }) => backend === root);
  return source?.read(context) ?? unreadable(`the build backend '${context.backend}' computes the version`);
}
