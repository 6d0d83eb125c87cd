import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import { formatVersion, type Version } from '@nx-pypi/standards';

/** Rule C1. */
export function outsideLine(pkg: PythonPackage, version: Version): Problem {
  return {
    code: 'NXPYPI_OUTSIDE_LINE',
    message: `${pkg.normalizedName} would become ${formatVersion(version)}, which this branch may not release`,
    hint: 'release it from a branch whose line holds that version (option releaseBranches), or choose another level',
    where: pkg.manifest,
  };
}

/** Rule E6. */
export function notBumped(pkg: PythonPackage, baseline: string): Problem {
  return {
    code: 'NXPYPI_NOT_BUMPED',
    message: `${pkg.normalizedName} differs from ${baseline} in the registry, and its manifest names no higher version`,
    hint: `bump it: nx-pypi bump ${pkg.normalizedName}`,
    where: pkg.manifest,
  };
}

export function notFree(code: string, pkg: PythonPackage, version: string, why: string): Problem {
  return {
    code,
    message: `${pkg.normalizedName} can't become ${version}: ${why}`,
    hint: 'choose a higher version, or a level',
    where: pkg.manifest,
  };
}

export function devVersion(pkg: PythonPackage, text: string, released: Version): Problem {
  return {
    code: 'NXPYPI_DEV_VERSION',
    message: `${pkg.normalizedName} says version '${text}', a development version`,
    hint: `set the option releaseDev to release it as ${formatVersion(released)}, or write the version to release into the manifest`,
    where: pkg.manifest,
  };
}

export function invalidVersion(pkg: PythonPackage, text: string): Problem {
  return {
    code: 'NXPYPI_INVALID_VERSION',
    message: `${pkg.normalizedName} says version '${text}', which is not a version by PEP 440`,
    hint: 'write a version such as 1.2.3 or 1.2.3rc1',
    where: pkg.manifest,
  };
}

/** Rule C3: a post release follows a final one, so it has no alpha, beta or candidate. */
export function noPreRelease(pkg: PythonPackage, version: Version, channel: string): Problem {
  return {
    code: 'NXPYPI_BUMP_REFUSED',
    message: `${pkg.normalizedName} would become ${formatVersion(version)}, a post release, which has no '${channel}' pre-release`,
    hint: 'choose another level, or the channel dev',
    where: pkg.manifest,
  };
}

export function refused(pkg: PythonPackage, message: string): Problem {
  return {
    code: 'NXPYPI_BUMP_REFUSED',
    message: `${pkg.normalizedName}: ${message}`,
    hint: 'choose another level',
    where: pkg.manifest,
  };
}
