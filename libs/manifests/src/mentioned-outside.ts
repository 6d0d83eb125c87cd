import { insideWorkspace } from './pyproject/paths.ts';

/** `../` and what follows it. A requirement's `@ file:../x` names a package, not a file of this one. */
const PARENT_PATH = /(?<!@\s?file:)(?<![\w/.])(?:\.\.\/)+[^\s'",;()[\]{}]+/g;

/**
 * Paths outside a package's folder that its manifests mention (a readme, a licence, a shared module), relative to the
 * workspace and sorted. Guessed from the text alone: a path that does not exist does no harm to who asks.
 */
export function mentionedOutside(folder: string, texts: readonly (string | undefined)[]): readonly string[] {
  const paths = new Set<string>();
  for (const text of texts) {
    if (text === undefined || !text.includes('../')) continue;
    for (const [written] of text.matchAll(PARENT_PATH)) {
      const path = insideWorkspace(folder, written);
      if (path !== null && path !== '.' && !`${folder}/`.startsWith(`${path}/`)) paths.add(path);
    }
  }
  return [...paths].toSorted();
}
