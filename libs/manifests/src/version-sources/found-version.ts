import type { DeclaredVersion, ReadText } from '../model.ts';
import type { TomlTable } from '../toml/query.ts';

/** What a version source gets to see of a package. */
export interface VersionContext {
  readonly table: TomlTable;
  readonly folder: string;
  /** Of the distribution, as written. */
  readonly name: string;
  readonly backend: string;
  readonly buildRequires: readonly string[];
  readonly readText: ReadText;
}

/** A version and the files, besides pyproject.toml, that were read to learn it. */
export interface FoundVersion {
  readonly version: DeclaredVersion;
  readonly files: readonly string[];
}

export function unreadable(reason: string, files: readonly string[] = []): FoundVersion {
  return { version: { kind: 'unreadable', reason }, files };
}

export function fromScm(tool: string, override: string | null, files: readonly string[] = []): FoundVersion {
  return { version: { kind: 'scm', tool, override }, files };
}

/** A version that stands between two offsets of a file; white space around it is none of it. */
export function atSpan(
  source: string,
  file: string,
  found: { start: number; end: number; text: string },
): FoundVersion {
  const text = found.text.trim();
  const start = found.start + found.text.indexOf(text);
  const span = { text, start, end: start + text.length };
  return {
    version: { kind: 'file', source, text, spots: [{ kind: 'span', file, ...span }] },
    files: [file],
  };
}
