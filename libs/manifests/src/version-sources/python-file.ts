import { findAssignment } from '../python-source/find-assignment.ts';
import type { FoundVersion, VersionContext } from './found-version.ts';
import { atSpan, unreadable } from './found-version.ts';

export interface PythonFiles {
  /** Names the source in what people read: `setuptools attr`. */
  readonly source: string;
  /** The first that exists and assigns `name` counts. */
  readonly candidates: readonly string[];
  readonly name: string;
}

/** The version that a Python module assigns as a string literal; the module is never run. */
export function fromPythonFile(context: VersionContext, { source, candidates, name }: PythonFiles): FoundVersion {
  const files: string[] = [];
  for (const file of candidates) {
    const content = context.readText(file);
    if (content === undefined) {
      continue;
    }
    files.push(file);
    const assignment = findAssignment(content, name);
    if (assignment.kind === 'literal') {
      const { value: text, start, end } = assignment;
      return { ...atSpan(source, file, { text, start, end }), files };
    }
    if (assignment.kind === 'computed') {
      return unreadable(`${name} in ${file} is ${assignment.reason}`, files);
    }
  }
  const places = files.length === 0 ? candidates : files;
  return unreadable(`${source} finds no assignment of ${name} in ${places.join(', ')}`, files);
}
