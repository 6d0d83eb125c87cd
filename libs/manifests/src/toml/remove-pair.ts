import type { TextEdit } from '../model.ts';
import type { TomlEntry } from './locate.ts';

/**
 * Takes a pair out of its table: with its line where it has one, else with the comma before it. `siblings` are the pairs of
 * the same table in order; in an inline table the pair must not be the first.
 */
export function removedPair(file: string, content: string, entry: TomlEntry, siblings: readonly TomlEntry[]): TextEdit {
  const { start, end } = entry.pair ?? entry;
  if (entry.ownLine) {
    return removedLines(file, content, start, end);
  }
  const previous = siblings[siblings.indexOf(entry) - 1];
  return { file, start: previous?.pair?.end ?? start, end, text: '' };
}

/** Takes whole lines out, from the one that `start` lies in to the one that `end` lies in. */
export function removedLines(file: string, content: string, start: number, end: number): TextEdit {
  const newline = content.indexOf('\n', Math.max(start, end - 1));
  const bom = content.startsWith('\uFEFF') ? 1 : 0;
  return {
    file,
    start: Math.max(bom, content.lastIndexOf('\n', start - 1) + 1),
    end: newline === -1 ? content.length : newline + 1,
    text: '',
  };
}
