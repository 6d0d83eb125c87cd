import type { PythonPackage, ReadText, TextEdit } from '../model.ts';
import { findAssignment } from '../python-source/find-assignment.ts';
import { fileIn } from '../pyproject/paths.ts';

const MODULES = ['__init__.py', '__about__.py', '_version.py', 'version.py'];

/**
 * Edits of the `__version__` literals in a package's own top module that say what its manifest says: nothing reads them from
 * there, but `package.__version__` has to agree with the metadata. A literal that says something else is left alone.
 */
export function agreeingVersions(
  pkg: PythonPackage,
  { was, now }: { readonly was: string; readonly now: string },
  readText: ReadText,
): readonly TextEdit[] {
  const module = pkg.normalizedName.replaceAll('-', '_');
  const files = [`src/${module}`, module].flatMap((folder) =>
    MODULES.map((name) => fileIn(pkg.path, `${folder}/${name}`)),
  );
  return files.flatMap((file): readonly TextEdit[] => {
    const content = readText(file);
    if (content === undefined) return [];
    const assignment = findAssignment(content, '__version__');
    if (assignment.kind !== 'literal' || assignment.value !== was) return [];
    const { start, end } = assignment;
    // A literal with escapes or of several parts is no plain text to replace.
    return content.slice(start, end) === was ? [{ file, start, end, text: now }] : [];
  });
}
