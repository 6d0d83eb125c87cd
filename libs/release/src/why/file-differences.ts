import { createTwoFilesPatch } from 'diff';
import type { FileDifference, FilePrint, ShownArtifact, ShownFile } from './explanation.ts';

/** Two files that take more edits than this have little in common; to find the shortest script would take seconds. */
const MAX_EDITS = 1_500;

/** What two artifacts hold at `paths`, sorted; what both lack is left out. */
export function fileDifferences(
  paths: readonly string[],
  theirs: ShownArtifact,
  ours: ShownArtifact,
): readonly FileDifference[] {
  return [...new Set(paths)].toSorted().flatMap((path) => {
    const [before, after] = [theirs.files.get(path) ?? null, ours.files.get(path) ?? null];
    if (before === null && after === null) return [];
    const change = before === null ? 'added' : after === null ? 'removed' : 'modified';
    return [{ path, change, before: printOf(before), after: printOf(after), diff: diffOf(path, before, after) }];
  });
}

/** A unified diff with three lines of context; null where the texts have too little in common. */
export function unifiedDiff(path: string, before: string | null, after: string | null): string | null {
  const patch = createTwoFilesPatch(
    before === null ? '/dev/null' : `a/${path}`,
    after === null ? '/dev/null' : `b/${path}`,
    before ?? '',
    after ?? '',
    undefined,
    undefined,
    { context: 3, maxEditLength: MAX_EDITS, headerOptions: HEADER },
  );
  return patch ?? null;
}

const HEADER = { includeIndex: false, includeUnderline: false, includeFileHeaders: true };

function diffOf(path: string, before: ShownFile | null, after: ShownFile | null): string | null {
  if ((before !== null && before.text === null) || (after !== null && after.text === null)) return null;
  return unifiedDiff(path, before?.text ?? null, after?.text ?? null);
}

function printOf(file: ShownFile | null): FilePrint | null {
  if (file === null) return null;
  const { sha256, size, executable } = file;
  return { sha256, size, executable };
}
