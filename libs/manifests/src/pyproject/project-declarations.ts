import type { TomlTable } from '../toml/query.ts';
import { tableAt } from '../toml/query.ts';
import type { Declarations, ManifestPlace } from './requirement-declaration.ts';
import { joined } from './requirement-declaration.ts';
import { readRequirementList } from './requirement-list.ts';

/** `project.dependencies` and `project.optional-dependencies` (PEP 621). */
export function readProjectDeclarations(table: TomlTable, file: string, place: ManifestPlace): Declarations {
  const keys = ['project', 'dependencies'];
  const runtime = readRequirementList(table, { file, keys }, { ...place, kind: 'runtime', group: null });
  const { wanted } = place;
  const optional = tableAt(table, 'project', 'optional-dependencies');
  if (optional === null || (wanted !== null && !wanted.within(optional))) {
    return runtime;
  }
  const extras = Object.keys(optional).map((group) =>
    readRequirementList(
      table,
      { file, keys: ['project', 'optional-dependencies', group] },
      { ...place, kind: 'extra', group },
    ),
  );
  return joined([runtime, ...extras]);
}
