import { normalizeName } from '@nx-pypi/standards';
import type { Declaration, DependencySource, Problem } from '../model.ts';
import { insideWorkspace } from '../pyproject/paths.ts';
import type { DeclarationReading } from '../pyproject/requirement-declaration.ts';
import { tomlSpot } from '../pyproject/requirement-list.ts';
import type { TomlTable } from '../toml/query.ts';
import { isTable, textAt, textsAt } from '../toml/query.ts';
import type { TomlKeys } from '../toml/with-value.ts';
import { poetryConstraint } from './constraint/poetry-constraint.ts';
import { markerOf } from './marker.ts';

/** The table that a dependency stands in. `groups` names the extras or groups that it belongs to. */
export interface PoetryPlace {
  readonly file: string;
  readonly folder: string;
  readonly kind: 'runtime' | 'group';
  readonly groups: (normalizedName: string) => readonly string[];
}

/** One dependency of Poetry: a constraint, a table, or an array of these for several environments. */
export function readDependency(
  name: string,
  value: unknown,
  keys: TomlKeys,
  place: PoetryPlace,
): readonly DeclarationReading[] {
  if (Array.isArray(value)) {
    return value.flatMap((choice, index) => readDependency(name, choice, [...keys, index], place));
  }
  const table: TomlTable | null = typeof value === 'string' ? { version: value } : isTable(value) ? value : null;
  return table === null
    ? [{ kind: 'problem', problem: unreadable(name, place.file, 'is neither a constraint nor a table') }]
    : readTable(name, table, keys, place);
}

/** Where a dependency's value points to; the first of several that is not the index. */
export function sourcesOf(value: unknown, folder: string): DependencySource {
  const choices: readonly unknown[] = Array.isArray(value) ? value : [value];
  const sources = choices.filter(isTable).map((choice) => sourceOf(choice, folder));
  return sources.find(({ kind }) => kind !== 'index') ?? { kind: 'index' };
}

function readTable(name: string, table: TomlTable, keys: TomlKeys, place: PoetryPlace): readonly DeclarationReading[] {
  const normalizedName = normalizeName(name);
  const source = sourceOf(table, place.folder);
  const written = textAt(table, 'version') ?? '';
  const constraint = source.kind === 'index' ? poetryConstraint(written === '' ? '*' : written) : null;
  const declaration: Omit<Declaration, 'kind' | 'group'> = {
    name,
    normalizedName,
    written: source.kind === 'index' ? written : targetOf(table),
    specifier: constraint?.kind === 'specifier' ? constraint.specifier : '',
    extras: textsAt(table, 'extras'),
    marker: markerOf(table),
    source,
    directReference: source.kind !== 'index',
    spot: tomlSpot(place.file, keys),
  };
  const readings = placesOf(normalizedName, table, place).map((at): DeclarationReading => ({
    kind: 'declaration',
    declaration: { ...declaration, ...at },
  }));
  return constraint?.kind === 'error'
    ? [...readings, { kind: 'problem', problem: unreadable(name, place.file, `'${written}' ${constraint.reason}`) }]
    : readings;
}

/** A dependency that extras list belongs to each of them; one that is optional and in none never reaches metadata. */
function placesOf(
  normalizedName: string,
  table: TomlTable,
  { kind, groups }: PoetryPlace,
): readonly Pick<Declaration, 'kind' | 'group'>[] {
  const names = groups(normalizedName);
  if (kind === 'group') {
    return names.map((group) => ({ kind, group }));
  }
  if (names.length > 0) {
    return names.map((group) => ({ kind: 'extra', group }));
  }
  return table['optional'] === true ? [{ kind: 'group', group: 'optional' }] : [{ kind, group: null }];
}

function sourceOf(table: TomlTable, folder: string): DependencySource {
  const path = textAt(table, 'path') ?? textAt(table, 'file');
  if (path !== null) {
    return { kind: 'path', path: insideWorkspace(folder, path) };
  }
  const url = textAt(table, 'git') ?? textAt(table, 'url');
  return url === null ? { kind: 'index' } : { kind: 'url', url };
}

function targetOf(table: TomlTable): string {
  const keys = ['path', 'file', 'git', 'url'];
  return keys.map((key) => textAt(table, key)).find((text) => text !== null) ?? '';
}

function unreadable(name: string, file: string, what: string): Problem {
  return {
    code: 'NXPYPI_BAD_CONSTRAINT',
    message: `The Poetry dependency '${name}' in ${file}: ${what}.`,
    hint: 'Write one range, such as "^1.2" or ">=1.2,<3"; until then it counts as a dependency without a range.',
    where: file,
  };
}
