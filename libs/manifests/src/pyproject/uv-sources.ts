import { dirname } from 'node:path/posix';
import { normalizeName } from '@nx-pypi/standards';
import type { DependencySource, ReadText } from '../model.ts';
import type { TomlTable } from '../toml/query.ts';
import { isTable, tableAt } from '../toml/query.ts';
import { readToml } from '../toml/read-toml.ts';
import { fileIn, insideWorkspace } from './paths.ts';

/** Asked by normalised name. */
export type Sources = Pick<ReadonlyMap<string, DependencySource>, 'get'>;

/**
 * `[tool.uv.sources]` of a package and, behind it, of the uv workspace it lies in (uv, "Workspaces": sources of the root
 * apply to all members). Backends do not read them: they tell where a name comes from, not what metadata carries.
 */
export function readUvSources(table: TomlTable, folder: string, readText: ReadText): Sources {
  let own: Sources | undefined;
  let inherited: Sources | undefined;
  return {
    get: (name) => {
      own ??= new Map(sourcesOf(table, folder));
      return own.get(name) ?? (inherited ??= inheritedSources(folder, readText)).get(name);
    },
  };
}

/** Those of the workspace that a folder lies in. */
function inheritedSources(folder: string, readText: ReadText): Sources {
  const root = workspaceRootOf(folder, readText);
  return root === null ? NO_SOURCES : rootSources(root);
}

interface WorkspaceRoot {
  readonly table: TomlTable;
  readonly folder: string;
}

const NO_SOURCES: Sources = new Map();
const sourcesOfRoots = new WeakMap<TomlTable, { readonly folder: string; readonly sources: Sources }>();

/** Every member of a workspace asks for the same ones. */
function rootSources({ table, folder }: WorkspaceRoot): Sources {
  const known = sourcesOfRoots.get(table);
  if (known?.folder === folder) {
    return known.sources;
  }
  const sources: Sources = new Map(sourcesOf(table, folder));
  sourcesOfRoots.set(table, { folder, sources });
  return sources;
}

function workspaceRootOf(folder: string, readText: ReadText): WorkspaceRoot | null {
  for (let at = folder; at !== '.';) {
    at = dirname(at);
    const content = readText(fileIn(at, 'pyproject.toml'));
    const reading = content?.includes('workspace') === true ? readToml(content) : null;
    if (reading?.kind === 'toml' && tableAt(reading.table, 'tool', 'uv', 'workspace') !== null) {
      return { table: reading.table, folder: at };
    }
  }
  return null;
}

function sourcesOf(table: TomlTable, folder: string): readonly (readonly [string, DependencySource])[] {
  return Object.entries(tableAt(table, 'tool', 'uv', 'sources') ?? {}).map(([name, value]) => {
    const choices: readonly unknown[] = Array.isArray(value) ? value : [value];
    const sources = choices.filter(isTable).map((choice) => sourceOf(choice, folder));
    const internal = sources.find((source) => source.kind === 'workspace' || source.kind === 'path');
    return [normalizeName(name), internal ?? sources[0] ?? { kind: 'index' }];
  });
}

function sourceOf(choice: TomlTable, folder: string): DependencySource {
  const { workspace, path, git, url } = choice;
  if (workspace === true || typeof workspace === 'string') {
    return { kind: 'workspace' };
  }
  if (typeof path === 'string') {
    return { kind: 'path', path: insideWorkspace(folder, path) };
  }
  const address = typeof git === 'string' ? git : url;
  return typeof address === 'string' ? { kind: 'url', url: address } : { kind: 'index' };
}
