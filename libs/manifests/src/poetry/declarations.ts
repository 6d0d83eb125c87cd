import { normalizedName } from '../normalized-name.ts';
import { readProjectDeclarations } from '../pyproject/project-declarations.ts';
import type { DeclarationReading, Declarations, ManifestPlace } from '../pyproject/requirement-declaration.ts';
import { collected, joined } from '../pyproject/requirement-declaration.ts';
import { below } from '../pyproject/requirement-list.ts';
import { readSharedDeclarations } from '../pyproject/shared-declarations.ts';
import type { Sources } from '../pyproject/uv-sources.ts';
import type { TomlTable } from '../toml/query.ts';
import { listAt, tableAt, textsAt } from '../toml/query.ts';
import type { Wanted } from '../wanted.ts';
import type { PoetryPlace } from './dependency.ts';
import { readDependency, sourcesOf } from './dependency.ts';

const MAIN = ['tool', 'poetry', 'dependencies'];

/** Everything that a Poetry manifest declares. `[project]` wins over `[tool.poetry.dependencies]`, which then only tells sources. */
export function readPoetryDeclarations(table: TomlTable, file: string, folder: string, wanted: Wanted): Declarations {
  const sources: Sources = tableAt(table, 'project') === null ? new Map() : mainSources(table, folder);
  const place = { folder, sources, wanted };
  return joined([
    ...mainDeclarations(table, file, place),
    ...groupKeys(table).map(({ group, keys }) =>
      dependencyTable(table, keys, { file, folder, wanted, kind: 'group', groups: () => [group] }),
    ),
    readSharedDeclarations(table, file, place),
  ]);
}

function mainDeclarations(table: TomlTable, file: string, place: ManifestPlace): readonly Declarations[] {
  const fromProject = readProjectDeclarations(table, file, place);
  const declaresInProject =
    listAt(table, 'project', 'dependencies').length > 0 || tableAt(table, 'project', 'optional-dependencies') !== null;
  if (declaresInProject && !textsAt(table, 'project', 'dynamic').includes('dependencies')) {
    return [fromProject];
  }
  const extras = extrasOf(table);
  const groups = (name: string): readonly string[] => extras.get(name) ?? [];
  const known = new Set(fromProject.declarations.map((declaration) => declaration.normalizedName));
  const own = dependencyTable(table, MAIN, { ...place, file, kind: 'runtime', groups });
  const others = own.declarations.filter((declaration) => !known.has(declaration.normalizedName));
  return [fromProject, { ...own, declarations: others }];
}

function dependencyTable(table: TomlTable, keys: readonly string[], place: PoetryPlace): Declarations {
  const readings: DeclarationReading[] = [];
  for (const [name, value] of Object.entries(tableAt(table, ...keys) ?? {})) {
    if ((place.wanted === null || place.wanted.name(name)) && name.toLowerCase() !== 'python') {
      readings.push(...readDependency(name, value, below(keys, name), place));
    }
  }
  return collected(readings);
}

function groupKeys(table: TomlTable): readonly { readonly group: string; readonly keys: readonly string[] }[] {
  const groups = Object.keys(tableAt(table, 'tool', 'poetry', 'group') ?? {});
  return [
    { group: 'dev', keys: ['tool', 'poetry', 'dev-dependencies'] },
    ...groups.map((group) => ({ group, keys: ['tool', 'poetry', 'group', group, 'dependencies'] })),
  ];
}

/** Which extras list a dependency, by its normalised name. */
function extrasOf(table: TomlTable): ReadonlyMap<string, readonly string[]> {
  const extras = new Map<string, string[]>();
  for (const extra of Object.keys(tableAt(table, 'tool', 'poetry', 'extras') ?? {})) {
    for (const name of textsAt(table, 'tool', 'poetry', 'extras', extra)) {
      const key = normalizedName(name);
      extras.set(key, [...(extras.get(key) ?? []), extra]);
    }
  }
  return extras;
}

function mainSources(table: TomlTable, folder: string): Sources {
  const entries = Object.entries(tableAt(table, ...MAIN) ?? {});
  return new Map(entries.map(([name, value]) => [normalizedName(name), sourcesOf(value, folder)]));
}
