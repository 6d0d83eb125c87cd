import type { TomlTable } from '../toml/query.ts';
import { readDependencyGroups } from './dependency-groups.ts';
import { readLegacyGroups } from './legacy-groups.ts';
import type { Declarations } from './requirement-declaration.ts';
import { joined } from './requirement-declaration.ts';
import { readRequirementList } from './requirement-list.ts';
import type { Sources } from './uv-sources.ts';

/** What any pyproject.toml may declare, whatever the backend: build requirements and groups. */
export function readSharedDeclarations(
  table: TomlTable,
  file: string,
  place: { readonly folder: string; readonly sources: Sources },
): Declarations {
  const build = readRequirementList(
    table,
    { file, keys: ['build-system', 'requires'] },
    { ...place, kind: 'build', group: null },
  );
  return joined([build, readDependencyGroups(table, file, place), readLegacyGroups(table, file, place)]);
}
