import { normalizedName } from '../normalized-name.ts';
import type { Declaration, DependencySource, Problem } from '../model.ts';
import { insideWorkspace } from '../pyproject/paths.ts';
import type { DeclarationReading } from '../pyproject/requirement-declaration.ts';
import { tomlSpot } from '../pyproject/requirement-list.ts';
import type { TomlTable } from '../toml/query.ts';
import { isTable, textAt, textsAt } from '../toml/query.ts';
import type { Wanted } from '../wanted.ts';
import type { TomlKeys } from '../toml/with-value.ts';
import { poetryConstraint } from './constraint/poetry-constraint.ts';
import { markerOf } from './marker.ts';

/** The table that a dependency stands in. `groups` names the extras or groups that it belongs to. */
export interface PoetryPlace {
  readonly file: string;
  readonly folder: string;
  readonly wanted: Wanted;
  readonly kind: 'runtime' | 'group';
  readonly groups: (normalizedName: string) => readonly string[];
}

const INDEX: DependencySource = { kind: 'index' };
const NO_EXTRAS: readonly string[] = [];

/** One dependency of Poetry: a constraint, a table, or an array of these for several environments. */
export function readDependency(
  name: string,
  value: unknown,
  keys: TomlKeys,
  place: PoetryPlace,
): readonly DeclarationReading[] {
  if (typeof value === 'string') {
    return readings(fromConstraint(name, value, keys), place);
  }
  if (isTable(value)) {
    return readings(fromTable(name, value, keys, place.folder), place);
  }
  return Array.isArray(value)
    ? value.flatMap((choice, index) => readDependency(name, choice, [...keys, index], place))
    : [{ kind: 'problem', problem: unreadable(name, place.file, 'is neither a constraint nor a table') }];
}

/** Where a dependency's value points to; the first of several that is not the index. */
export function sourcesOf(value: unknown, folder: string): DependencySource {
  const choices: readonly unknown[] = Array.isArray(value) ? value : [value];
  const sources = choices.filter(isTable).map((choice) => sourceOf(choice, folder));
  return sources.find(({ kind }) => kind !== 'index') ?? INDEX;
}

/** A dependency as it is written, before it is known which extras or groups it belongs to. */
interface Written {
  readonly name: string;
  readonly written: string;
  readonly constraint: string;
  readonly extras: readonly string[];
  readonly marker: string | null;
  readonly source: DependencySource;
  readonly optional: boolean;
  readonly keys: TomlKeys;
}

function fromConstraint(name: string, written: string, keys: TomlKeys): Written {
  const plain = { extras: NO_EXTRAS, marker: null, source: INDEX, optional: false };
  return { name, written, constraint: written, ...plain, keys };
}

function fromTable(name: string, table: TomlTable, keys: TomlKeys, folder: string): Written {
  const source = sourceOf(table, folder);
  const version = textAt(table, 'version');
  return {
    name,
    written: source.kind === 'index' ? (version ?? '') : targetOf(table),
    constraint: version ?? '*',
    extras: textsAt(table, 'extras'),
    marker: markerOf(table),
    source,
    optional: table['optional'] === true,
    keys,
  };
}

/** A declaration for each extra or group that the dependency belongs to. */
function readings(dependency: Written, place: PoetryPlace): readonly DeclarationReading[] {
  const { name, written, extras, marker, source } = dependency;
  const directReference = source.kind !== 'index';
  const reading = directReference ? null : poetryConstraint(dependency.constraint);
  const specifier = reading?.kind === 'specifier' ? reading.specifier : '';
  const normalized = normalizedName(name);
  const spot = tomlSpot(place.file, dependency.keys);
  const all: DeclarationReading[] = [];
  for (const { kind, group } of placesOf(normalized, dependency.optional, place)) {
    const declaration: Declaration = {
      kind,
      group,
      name,
      normalizedName: normalized,
      written,
      specifier,
      extras,
      marker,
      source,
      directReference,
      spot,
    };
    all.push({ kind: 'declaration', declaration });
  }
  if (reading?.kind === 'error') {
    const problem = unreadable(name, place.file, `'${dependency.constraint}' ${reading.reason}`);
    all.push({ kind: 'problem', problem });
  }
  return all;
}

/** A dependency that extras list belongs to each of them; one that is optional and in none never reaches metadata. */
function placesOf(
  name: string,
  optional: boolean,
  { kind, groups }: PoetryPlace,
): readonly Pick<Declaration, 'kind' | 'group'>[] {
  const names = groups(name);
  if (kind === 'group') {
    return names.map((group) => ({ kind, group }));
  }
  if (names.length > 0) {
    return names.map((group) => ({ kind: 'extra', group }));
  }
  return optional ? [{ kind: 'group', group: 'optional' }] : [{ kind, group: null }];
}

function sourceOf(table: TomlTable, folder: string): DependencySource {
  const path = textAt(table, 'path') ?? textAt(table, 'file');
  if (path !== null) {
    return { kind: 'path', path: insideWorkspace(folder, path) };
  }
  const url = textAt(table, 'git') ?? textAt(table, 'url');
  return url === null ? INDEX : { kind: 'url', url };
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
