import type { TomlKeys } from '../toml/with-value.ts';
import type { TomlTable } from '../toml/query.ts';
import { listAt } from '../toml/query.ts';
import type { DeclarationReading, Declarations, Place } from './requirement-declaration.ts';
import { collected, NOTHING, readDeclaration } from './requirement-declaration.ts';

/** An array of PEP 508 strings in a TOML file. */
export interface RequirementList {
  readonly file: string;
  readonly keys: readonly string[];
}

/** Reads the strings of the list; members of other kinds are the business of whoever knows them. */
export function readRequirementList(table: TomlTable, list: RequirementList, place: Place): Declarations {
  const readings: DeclarationReading[] = [];
  const { wanted } = place;
  for (const [index, value] of listAt(table, ...list.keys).entries()) {
    if (typeof value === 'string' && (wanted === null || wanted.requirement(value))) {
      readings.push(readDeclaration(value, tomlSpot(list.file, below(list.keys, index)), place));
    }
  }
  return readings.length === 0 ? NOTHING : collected(readings);
}

/** `keys` and one more. `concat` allots no spare room, which `[...keys, key]` does: a monorepo has 50,000 of these. */
export function below(keys: TomlKeys, key: string | number): TomlKeys {
  return keys.concat(key);
}

export function tomlSpot(
  file: string,
  keys: TomlKeys,
): { readonly kind: 'toml'; readonly file: string; readonly keys: TomlKeys } {
  return { kind: 'toml', file, keys };
}
