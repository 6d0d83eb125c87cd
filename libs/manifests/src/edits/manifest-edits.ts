import { dialects } from '../dialects.ts';
import type { EditResult, ManifestChange, Problem, PythonPackage, ReadText, TextEdit } from '../model.ts';

/**
 * The edits that carry out all changes of one package, ordered by file and place; offsets refer to the files as `readText`
 * gives them. The first change that cannot be made, that would change nothing, or that meets another one is a problem.
 */
export function manifestEdits(pkg: PythonPackage, changes: readonly ManifestChange[], readText: ReadText): EditResult {
  const dialect = dialects.find(({ id }) => id === pkg.dialect);
  const edits = new Map<string, TextEdit>();
  for (const change of changes) {
    const result: EditResult = dialect?.edits(pkg, change, readText) ?? { kind: 'edits', edits: [] };
    if (result.kind === 'problem') {
      return result;
    }
    for (const edit of result.edits) {
      edits.set(JSON.stringify([edit.file, edit.start, edit.end, edit.text]), edit);
    }
  }
  const ordered = [...edits.values()].toSorted(inOrder);
  const conflict = ordered.find((edit, index) => overlaps(edit, ordered[index + 1]));
  return conflict === undefined
    ? { kind: 'edits', edits: ordered }
    : { kind: 'problem', problem: contradiction(pkg, conflict.file) };
}

function inOrder(left: TextEdit, right: TextEdit): number {
  if (left.file !== right.file) {
    return left.file < right.file ? -1 : 1;
  }
  return left.start - right.start || left.end - right.end;
}

function overlaps(edit: TextEdit, next: TextEdit | undefined): boolean {
  return next?.file === edit.file && (next.start < edit.end || (next.start === edit.start && next.end === edit.end));
}

function contradiction(pkg: PythonPackage, file: string): Problem {
  return {
    code: 'NXPYPI_EDITS_CONFLICT',
    message: `Two changes of ${pkg.name} meet at one place of ${file}.`,
    hint: 'Ask for one change per declaration.',
    where: file,
  };
}
