import type { TomlTable } from '../toml/query.ts';
import { tableAt } from '../toml/query.ts';
import type { Declarations } from './requirement-declaration.ts';
import { joined } from './requirement-declaration.ts';
import { readRequirementList } from './requirement-list.ts';
import type { Sources } from './uv-sources.ts';

/** `project.dependencies` and `project.optional-dependencies` (PEP 621). */
export function readProjectDeclarations(
  table: TomlTable,
  file: string,
  place: { readonly folder: string; readonly sources: Sources },
): Declarations {
  const keys = ['project', 'dependencies'];
  const runtime = readRequirementList(table, { file, keys }, { ...place, kind: 'runtime', group: null });
  const extras = Object.keys(tableAt(table, 'project', 'optional-dependencies') ?? {}).map((group) =>
    readRequirementList(
      table,
      { file, keys: ['project', 'optional-dependencies', group] },
      { ...place, kind: 'extra', group },
    ),
  );
  return joined([runtime, ...extras]);
}
