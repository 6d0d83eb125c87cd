import { dirname } from 'node:path/posix';
import { fileIn, insideWorkspace } from '../pyproject/paths.ts';
import type { TomlTable } from '../toml/query.ts';
import { textAt, valueAt } from '../toml/query.ts';
import { readToml } from '../toml/read-toml.ts';
import type { FoundVersion, VersionContext } from './found-version.ts';
import { unreadable } from './found-version.ts';

export const CARGO_SOURCE = 'maturin Cargo.toml';

/** `package.version` of Cargo.toml, or `workspace.package.version` of the Cargo workspace it inherits from (maturin, "Metadata"). */
export function maturinVersion(context: VersionContext): FoundVersion {
  const path = textAt(context.table, 'tool', 'maturin', 'manifest-path') ?? 'Cargo.toml';
  const file = insideWorkspace(context.folder, path);
  const table = file === null ? null : cargoTable(context, file);
  if (file === null || table === null) {
    return unreadable(`maturin takes the version from ${path}, which cannot be read`);
  }
  const text = textAt(table, 'package', 'version');
  if (text !== null) {
    return cargoVersion(text, file, ['package', 'version'], [file]);
  }
  return valueAt(table, 'package', 'version', 'workspace') === true
    ? inherited(context, file)
    : unreadable(`${file} has no package.version`, [file]);
}

function inherited(context: VersionContext, member: string): FoundVersion {
  for (let folder = dirname(member); ; folder = dirname(folder)) {
    const file = fileIn(folder, 'Cargo.toml');
    const table = cargoTable(context, file);
    const text = table === null ? null : textAt(table, 'workspace', 'package', 'version');
    if (text !== null) {
      return cargoVersion(text, file, ['workspace', 'package', 'version'], [member, file]);
    }
    if (folder === '.') {
      return unreadable(`${member} inherits its version from a Cargo workspace that cannot be found`, [member]);
    }
  }
}

function cargoTable(context: VersionContext, file: string): TomlTable | null {
  const content = context.readText(file);
  const reading = content === undefined ? null : readToml(content);
  return reading?.kind === 'toml' ? reading.table : null;
}

function cargoVersion(text: string, file: string, keys: readonly string[], files: readonly string[]): FoundVersion {
  return {
    version: { kind: 'file', source: CARGO_SOURCE, text, spots: [{ kind: 'toml', file, keys }] },
    files: [...new Set(files)],
  };
}
