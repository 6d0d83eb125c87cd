import type { Dialect } from '../dialect.ts';
import { applyEdits } from '../edits/apply-edits.ts';
import type { EditResult, PythonPackage, ReadText } from '../model.ts';

/**
 * Lets the edits of a version that another file keeps pass only when its source finds the new text there (law 10): a pattern
 * such as `[0-9.]+` does not see all of `2.0rc1`, and the build would ship something else.
 */
export function versionReadsBack(
  pkg: PythonPackage,
  result: EditResult,
  read: Dialect['read'],
  readText: ReadText,
): EditResult {
  if (result.kind === 'problem' || pkg.version.kind !== 'file' || pkg.version.spots[0]?.kind !== 'span') {
    return result;
  }
  const { source } = pkg.version;
  const after = read(pkg.path, (path) => {
    const content = readText(path);
    const own = result.edits.filter(({ file }) => file === path);
    return content === undefined ? undefined : applyEdits(content, own);
  });
  const now = after.kind === 'package' && after.package.version.kind === 'file' ? after.package.version.text : null;
  const [edit] = result.edits;
  return edit === undefined || now === edit.text
    ? result
    : {
        kind: 'problem',
        problem: {
          code: 'NXPYPI_EDIT_UNSAFE',
          message: `${source} would not find the version '${edit.text}' in ${edit.file}.`,
          hint: 'Widen the pattern that finds the version, or choose a version that it finds.',
          where: edit.file,
        },
      };
}
