import { normalizeName } from '@nx-pypi/standards';

/** setuptools-scm, "Environment variables"; hatch-vcs and others that use it under a name of their own know this one only. */
export const GENERIC_PRETEND = 'SETUPTOOLS_SCM_PRETEND_VERSION';

/** The variable that setuptools-scm prefers for one distribution. */
export function pretendVariable(name: string): string {
  return `${GENERIC_PRETEND}_FOR_${normalizeName(name).replaceAll('-', '_').toUpperCase()}`;
}

/** Whether one of the requirements names `distribution`. */
export function requires(requirements: readonly string[], distribution: string): boolean {
  return requirements.some((text) => normalizeName(/^\s*([\w.-]+)/.exec(text)?.[1] ?? '') === distribution);
}
