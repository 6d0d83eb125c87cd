import type { Dialect } from '../dialect.ts';
import { pyprojectEdits } from '../pyproject/edits/pyproject-edits.ts';
import { readPep621 } from './read.ts';
import { versionReadsBack } from './reads-back.ts';

/** `[project]` of pyproject.toml, with any build backend (PEP 621). */
export const pep621: Dialect = {
  id: 'pep621',
  read: readPep621,
  edits: (pkg, change, readText) => {
    const result = pyprojectEdits(pkg, change, readText);
    return change.kind === 'set-version' ? versionReadsBack(pkg, result, readPep621, readText) : result;
  },
};
