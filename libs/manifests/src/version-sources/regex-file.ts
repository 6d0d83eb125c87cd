import { fileIn } from '../pyproject/paths.ts';
import type { FoundVersion, VersionContext } from './found-version.ts';
import { atSpan, unreadable } from './found-version.ts';
import { findGroup, patternOf } from './pattern.ts';

export interface RegexFile {
  /** Names the source in what people read: `hatch path`. */
  readonly source: string;
  readonly path: string | null;
  /** Python's syntax. */
  readonly pattern: string;
  /** Name or number of the group that holds the version. */
  readonly group: string | number;
}

/** The version that a regular expression finds in a file of the package. */
export function fromRegexFile(context: VersionContext, { source, path, pattern, group }: RegexFile): FoundVersion {
  if (path === null) {
    return unreadable(`${source} names no file`);
  }
  const file = fileIn(context.folder, path);
  const content = context.readText(file);
  if (content === undefined) {
    return unreadable(`${source} names ${file}, which does not exist or is not UTF-8`, [file]);
  }
  const expression = patternOf(pattern);
  if (expression === null) {
    return unreadable(`${source} has a pattern that only Python can read: ${pattern}`, [file]);
  }
  const found = findGroup(expression, content, group);
  return found === null ? unreadable(`${source} finds no version in ${file}`, [file]) : atSpan(source, file, found);
}
