import { findAssignment } from '../python-source/find-assignment.ts';
import type { Assignment } from '../python-source/find-assignment.ts';
import { readModuleName } from '../python-source/run.ts';
import type { FoundVersion, VersionContext } from './found-version.ts';
import { atSpan, unreadable } from './found-version.ts';

export interface PythonFiles {
  /** Names the source in what people read: `setuptools attr`. */
  readonly source: string;
  /** The first that exists and knows `name` counts. */
  readonly candidates: readonly string[];
  readonly name: string;
}

/**
 * The version that a Python module assigns as a string literal, itself or in a module of the workspace that it imports the
 * name from (`from ._version import __version__`). Nothing is run.
 */
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
    const followed = content.includes(name) ? follow(context, source, file, name) : null;
    if (followed !== null) {
      return { ...followed, files: [...new Set([...files, ...followed.files])] };
    }
    if (assignment.kind === 'computed') {
      return unreadable(whyNot(name, file, assignment), files);
    }
  }
  const places = files.length === 0 ? candidates : files;
  return unreadable(`${source} finds no assignment of ${name} in ${places.join(', ')}`, files);
}

function follow(context: VersionContext, source: string, file: string, name: string): FoundVersion | null {
  const value = readModuleName(file, name, context.folder, context.readText);
  if (value?.kind !== 'string' || value.origin === null) {
    return null;
  }
  const { file: origin, start, end } = value.origin;
  return atSpan(source, origin, { text: value.text, start, end });
}

function whyNot(name: string, file: string, { reason }: Extract<Assignment, { readonly kind: 'computed' }>): string {
  return `${name} in ${file} is ${reason}`;
}
