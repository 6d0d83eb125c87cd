import type { Problem } from '@nx-pypi/manifests';
import { sanitize } from '../text/sanitize.ts';

/** The folder is not there: a share that is not mounted must not look like one without packages. */
export function missing(directory: string): Problem {
  return {
    code: 'NXPYPI_DIRECTORY_MISSING',
    message: 'The folder that holds the packages does not exist.',
    hint: 'Mount the share, or create the folder if this is its first use.',
    where: directory,
  };
}

export function unreadable(path: string, error: unknown): Problem {
  return {
    code: 'NXPYPI_DIRECTORY_UNREADABLE',
    message: `The folder could not be read: ${causeOf(error)}.`,
    hint: 'Check the permissions and that the share is mounted.',
    where: path,
  };
}

export function unwritable(path: string, error: unknown): Problem {
  return {
    code: 'NXPYPI_DIRECTORY_UNWRITABLE',
    message: `The folder could not be written: ${causeOf(error)}.`,
    hint: 'Check the permissions, the free space, and that the share is mounted for writing.',
    where: path,
  };
}

export function otherSpelling(directory: string, name: string, folder: string): Problem {
  return {
    code: 'NXPYPI_DIRECTORY_SPELLING',
    message: `Files of ${name} lie in a folder called ${sanitize(folder)}.`,
    hint: `Rename it to ${name}: an index has one folder per package, with the normalised name (PEP 503).`,
    where: directory,
  };
}

function causeOf(error: unknown): string {
  return error instanceof Error ? sanitize(error.message) : 'unknown cause';
}
