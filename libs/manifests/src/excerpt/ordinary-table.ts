import { remember } from '../remember.ts';
import { tableAt, type TomlTable } from '../toml/query.ts';
import { parseToml } from '../toml/read-toml.ts';
import { pairsOf, stringOf, stringsOf, type Pair } from './pairs.ts';
import { roleOf } from './roles.ts';
import type { Section } from './sections.ts';

/** Written to while the sections are gone through; `undefined` is what a manifest does not have. */
interface Found {
  project: TomlTable | undefined;
  poetry: TomlTable | undefined;
  sources: string | undefined;
  hasPoetrySettings: boolean;
  readonly shared: Map<string, TomlTable>;
  readonly dependencies: Map<string, TomlTable>;
}

/** The table of a manifest with a static version, in which all is where it usually is; null for any other. */
export function ordinaryTable(sections: readonly Section[]): TomlTable | null {
  const found: Found = {
    project: undefined,
    poetry: undefined,
    sources: undefined,
    hasPoetrySettings: false,
    shared: new Map(),
    dependencies: new Map(),
  };
  for (const section of sections) {
    if (!add(found, section)) return null;
  }
  const { project, poetry, sources, shared, dependencies } = found;
  const isPoetry = found.hasPoetrySettings || dependencies.size > 0 || shared.has('tool.poetry.extras');
  if (project === undefined ? poetry === undefined && isPoetry : poetry !== undefined || isPoetry) return null;
  if (project === undefined && shared.has('project.optional-dependencies')) return null;
  return {
    project: project && { ...project, 'optional-dependencies': shared.get('project.optional-dependencies') },
    'build-system': shared.get('build-system'),
    'dependency-groups': shared.get('dependency-groups'),
    tool: {
      poetry: poetry && { ...poetry, extras: shared.get('tool.poetry.extras'), ...poetryDependencies(dependencies) },
      uv: sources === undefined ? undefined : uvTable(sources),
    },
  };
}

/** False where the manifest turns out to be none of the ordinary ones. */
function add(found: Found, { header, isArray, body, text }: Section): boolean {
  const role = roleOf(header);
  if (role === 'checker' || role === 'settings') return true;
  if (isArray) return false;
  switch (role) {
    case 'project': {
      const project = found.project === undefined ? fieldsOf(body, PROJECT) : null;
      found.project = project ?? undefined;
      return project !== null;
    }
    case 'poetry': {
      const poetry = found.poetry === undefined ? fieldsOf(body, POETRY) : null;
      found.poetry = poetry ?? undefined;
      return poetry !== null;
    }
    case 'shared':
      return put(found.shared, header, sharedTable(text));
    case 'dependencies':
      return put(found.dependencies, header, namesOf(body));
    case 'poetry settings':
      found.hasPoetrySettings = true;
      return true;
    case 'sources': {
      const isFirst = found.sources === undefined;
      found.sources = text;
      return isFirst;
    }
    case 'intricate':
      return false;
  }
}

function put(tables: Map<string, TomlTable>, header: string, table: TomlTable | null): boolean {
  if (table === null || tables.has(header)) return false;
  tables.set(header, table);
  return true;
}

type Kind = 'string' | 'strings' | 'intricate';

const PROJECT: Readonly<Record<string, Kind>> = {
  name: 'string',
  version: 'string',
  description: 'string',
  'requires-python': 'string',
  dependencies: 'strings',
  classifiers: 'strings',
  dynamic: 'intricate',
  'optional-dependencies': 'intricate',
};
const POETRY: Readonly<Record<string, Kind>> = {
  name: 'string',
  version: 'string',
  description: 'string',
  classifiers: 'strings',
  'package-mode': 'intricate',
  dependencies: 'intricate',
  'dev-dependencies': 'intricate',
  group: 'intricate',
  extras: 'intricate',
};

/** The fields that are asked for; null where one has another kind of value, or none is a name and a version. */
function fieldsOf(body: string, kinds: Readonly<Record<string, Kind>>): TomlTable | null {
  const pairs = pairsOf(body);
  if (pairs === null) return null;
  const fields: Record<string, unknown> = {};
  for (const pair of pairs) {
    const [key = ''] = pair.key.split('.', 1);
    const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined;
    if (kind === undefined) continue;
    const value = pair.key.length > key.length || Object.hasOwn(fields, key) ? null : valueOf(pair, kind);
    if (value === null) return null;
    fields[key] = value;
  }
  return fields['name'] === undefined || fields['version'] === undefined ? null : fields;
}

function valueOf({ string, strings }: Pair, kind: Kind): string | readonly string[] | null {
  if (kind === 'string') return string === null ? null : stringOf(string);
  return kind === 'strings' && strings !== null ? stringsOf(strings) : null;
}

/** A table that many manifests have alike, from its header on. */
const sharedTable = remember((text: string): TomlTable | null => {
  const reading = parseToml(text);
  const [, header = ''] = /^\[([^\]]*)/.exec(text) ?? [];
  return reading.kind === 'toml' ? tableAt(reading.table, ...header.split('.')) : null;
});

/** uv's sources are read when a dependency is looked up there. */
function uvTable(text: string): TomlTable {
  return {
    get sources(): TomlTable | undefined {
      const reading = parseToml(text);
      return reading.kind === 'toml' ? (tableAt(reading.table, 'tool', 'uv', 'sources') ?? undefined) : undefined;
    },
  };
}

/** Poetry's tables of dependencies, by the headers that they stand under. */
function poetryDependencies(tables: ReadonlyMap<string, TomlTable>): TomlTable {
  const groups: Record<string, TomlTable> = {};
  for (const [header, dependencies] of tables) {
    const [, , , group, isGroup] = header.split('.');
    if (group !== undefined && isGroup !== undefined) groups[group] = { dependencies };
  }
  return {
    dependencies: tables.get('tool.poetry.dependencies'),
    'dev-dependencies': tables.get('tool.poetry.dev-dependencies'),
    group: groups,
  };
}

type NamedValue = readonly [name: string, value: unknown];

/** What one line of a table says; nothing for an empty one, null for what is not a pair of its own. */
const namedValues = remember((line: string): readonly NamedValue[] | null => {
  const pairs = pairsOf(line);
  if (pairs === null || pairs.some(({ key }) => key.includes('.') || key === '__proto__')) return null;
  const reading = parseToml(line);
  return reading.kind === 'toml' ? Object.entries(reading.table) : null;
});

/** Most lines stand in many manifests; a pair of several lines is none by its first alone. */
function namesOf(body: string): TomlTable | null {
  const names: Record<string, unknown> = {};
  for (const line of linesOf(body)) {
    const values = namedValues(line);
    if (values === null) return null;
    for (const [name, value] of values) {
      if (Object.hasOwn(names, name)) return null;
      names[name] = value;
    }
  }
  return names;
}

/** Each with its end, but for the last. */
function linesOf(body: string): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\n', at) + 1;
    lines.push(body.slice(at, end > 0 ? end : undefined));
    at = end > 0 ? end : body.length;
  }
  return lines;
}
