import type { TomlTable } from '../toml/query.ts';
import { tableAt } from '../toml/query.ts';
import { readDependencyGroups } from './dependency-groups.ts';
import { readLegacyGroups } from './legacy-groups.ts';
import type { Declarations, ManifestPlace } from './requirement-declaration.ts';
import { joined, NOTHING } from './requirement-declaration.ts';
import { readRequirementList } from './requirement-list.ts';

/** What any pyproject.toml may declare, whatever the backend: build requirements and groups. */
export function readSharedDeclarations(table: TomlTable, file: string, place: ManifestPlace): Declarations {
  const { wanted } = place;
  const system = tableAt(table, 'build-system');
  const build =
    system === null || (wanted !== null && !wanted.within(system))
      ? NOTHING
      : readRequirementList(
          table,
          { file, keys: ['build-system', 'requires'] },
          { ...place, kind: 'build', group: null },
        );
  return joined([build, readDependencyGroups(table, file, place), readLegacyGroups(table, file, place)]);
}
