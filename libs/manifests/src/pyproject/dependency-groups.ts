import { normalizeName } from '@nx-pypi/standards';
import type { Problem } from '../model.ts';
import type { TomlTable } from '../toml/query.ts';
import { isTable, listAt, tableAt } from '../toml/query.ts';
import type { DeclarationReading, Declarations, ManifestPlace, Place } from './requirement-declaration.ts';
import { collected, NOTHING, readDeclaration } from './requirement-declaration.ts';
import { tomlSpot } from './requirement-list.ts';

const TABLE = 'dependency-groups';

interface Groups {
  readonly table: TomlTable;
  readonly file: string;
  readonly place: ManifestPlace;
}

/**
 * `[dependency-groups]` (PEP 735). What a group includes is declared by it too; the spot is where it is written.
 * Including a group that is missing, or that leads back to the group, is a problem.
 */
export function readDependencyGroups(table: TomlTable, file: string, place: Groups['place']): Declarations {
  const { wanted } = place;
  const all = tableAt(table, TABLE);
  if (all === null || (wanted !== null && !wanted.within(all))) return NOTHING;
  const groups = { table, file, place };
  return collected(Object.keys(all).flatMap((name) => expand(groups, name, name, [])));
}

function expand(groups: Groups, owner: string, name: string, path: readonly string[]): readonly DeclarationReading[] {
  const place: Place = { ...groups.place, kind: 'group', group: owner };
  const readings: DeclarationReading[] = [];
  for (const [index, member] of listAt(groups.table, TABLE, name).entries()) {
    if (typeof member === 'string') {
      if (place.wanted !== null && !place.wanted.requirement(member)) continue;
      readings.push(readDeclaration(member, tomlSpot(groups.file, [TABLE, name, index]), place));
    } else if (isTable(member) && typeof member['include-group'] === 'string') {
      readings.push(...include(groups, owner, member['include-group'], [...path, name]));
    }
  }
  return readings;
}

function include(
  groups: Groups,
  owner: string,
  wanted: string,
  path: readonly string[],
): readonly DeclarationReading[] {
  const normalized = normalizeName(wanted);
  const found = Object.keys(tableAt(groups.table, TABLE) ?? {}).find((name) => normalizeName(name) === normalized);
  if (found === undefined) {
    return [{ kind: 'problem', problem: badInclude(groups.file, owner, `includes '${wanted}', which does not exist`) }];
  }
  return path.includes(found)
    ? [{ kind: 'problem', problem: badInclude(groups.file, owner, `includes itself through '${wanted}'`) }]
    : expand(groups, owner, found, path);
}

function badInclude(file: string, group: string, what: string): Problem {
  return {
    code: 'NXPYPI_BAD_DEPENDENCY_GROUP',
    message: `The dependency group '${group}' of ${file} ${what}.`,
    hint: 'Correct its include-group (PEP 735).',
    where: file,
  };
}
