import { applyEdits } from '../edits/apply-edits.ts';
import type { EditResult, Problem, TextEdit } from '../model.ts';
import type { TomlTable } from './query.ts';
import { readToml } from './read-toml.ts';
import { sameValue } from './same-value.ts';

/**
 * Lets edits of one TOML file pass only when the edited document reads exactly as `expected` makes of the present one (law 10).
 * Edits that leave every byte as it is are a problem too.
 */
export function checkedEdits(
  file: string,
  content: string,
  edits: readonly TextEdit[],
  expected: (table: TomlTable) => unknown,
): EditResult {
  const after = applyEdits(content, edits);
  if (after === content) {
    return { kind: 'problem', problem: changesNothing(file) };
  }
  const was = readToml(content);
  const is = readToml(after);
  if (was.kind === 'toml' && is.kind === 'toml' && sameValue(is.table, expected(was.table))) {
    return { kind: 'edits', edits };
  }
  return { kind: 'problem', problem: unsafeEdit(file, is.kind === 'error' ? is.message : 'other values would change') };
}

/** The problem of an edit that would leave a file as it is. */
export function changesNothing(file: string): Problem {
  return {
    code: 'NXPYPI_EDIT_CHANGES_NOTHING',
    message: `The edit would leave ${file} as it is.`,
    hint: 'Leave out changes that the manifest already makes.',
    where: file,
  };
}

function unsafeEdit(file: string, why: string): Problem {
  return {
    code: 'NXPYPI_EDIT_UNSAFE',
    message: `${file} cannot be edited without harm: ${why}.`,
    hint: 'Write the value as a plain `key = "value"` under a [table] header.',
    where: file,
  };
}
