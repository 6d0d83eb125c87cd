import type { TextEdit } from '../model.ts';

/**
 * The content with every edit made; all offsets refer to the content given. Edits at one place are made in the order given.
 * @throws RangeError on edits that overlap or lie outside: a bug of whoever made them.
 */
export function applyEdits(content: string, edits: readonly TextEdit[]): string {
  const ordered = edits.toSorted((left, right) => left.start - right.start || left.end - right.end);
  const parts: string[] = [];
  let at = 0;
  for (const edit of ordered) {
    if (edit.start < at || edit.end < edit.start || edit.end > content.length) {
      throw new RangeError(`edits overlap or lie outside of ${edit.file}: [${edit.start}, ${edit.end}) after ${at}`);
    }
    parts.push(content.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(content.slice(at));
  return parts.join('');
}
