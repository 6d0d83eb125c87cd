import { isValidName } from '@nx-pypi/standards';
import type { Problem } from '../model.ts';

/** The problem of a name that no distribution may have; none for a valid one. */
export function nameProblems(name: string, file: string): readonly Problem[] {
  if (isValidName(name)) {
    return [];
  }
  return [
    {
      code: 'NXPYPI_INVALID_NAME',
      message: `'${name}' in ${file} cannot name a distribution (PEP 508).`,
      hint: 'Use ASCII letters, digits and ._- between them, or exclude the folder from discovery if it is a template.',
      where: file,
    },
  ];
}
