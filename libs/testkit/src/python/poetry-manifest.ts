import { relative } from 'node:path/posix';
import type { CompleteSpec, DependencySpec, FindSpec } from './package-spec.ts';
import { document, table, type TomlValue } from './toml-text.ts';

/**
 * The pyproject.toml of a package in Poetry 1's tables (python-poetry.org/docs/pyproject).
 * Local dependencies are path dependencies in develop mode; an extra's requirements are optional dependencies.
 */
export function poetryManifest(spec: CompleteSpec, neighbour: FindSpec): string {
  const optional = Object.values(spec.extras).flat();
  const extras = Object.entries(spec.extras).map(
    ([extra, all]) => [extra, all.map((one) => parsed(one).name)] as const,
  );
  const groups = Object.entries(spec.groups).map(([group, all]) =>
    table(`tool.poetry.group.${group}.dependencies`, Object.fromEntries(all.map((one) => constraint(one, {})))),
  );
  return document([
    table('tool.poetry', {
      name: spec.name,
      version: spec.version,
      description: `Generated package ${spec.name}`,
      authors: ['The Orchestra <orchestra@example.org>'],
    }),
    table('tool.poetry.dependencies', {
      python: '>=3.9',
      ...Object.fromEntries(spec.dependencies.map((dependency) => entry(dependency, spec.path, neighbour))),
      ...Object.fromEntries(optional.map((one) => constraint(one, { optional: true }))),
    }),
    table('tool.poetry.extras', Object.fromEntries(extras)),
    ...groups,
    table('tool.nx-pypi', spec.publish ? {} : { publish: false }),
    table('build-system', { requires: ['poetry-core>=1.5'], 'build-backend': 'poetry.core.masonry.api' }),
  ]);
}

type Entry = readonly [name: string, value: TomlValue];

function entry(dependency: DependencySpec, from: string, neighbour: FindSpec): Entry {
  if (typeof dependency === 'string') return constraint(dependency, {});
  return [dependency.local, { path: relative(from, neighbour(dependency.local).path), develop: true }];
}

function constraint(requirement: string, more: Readonly<Record<string, TomlValue>>): Entry {
  const { name, extras, specifier, marker } = parsed(requirement);
  const version = specifier === '' ? '*' : specifier;
  if (extras.length === 0 && marker === '' && Object.keys(more).length === 0) return [name, version];
  return [name, { version, ...(extras.length > 0 && { extras }), ...(marker !== '' && { markers: marker }), ...more }];
}

interface Requirement {
  readonly name: string;
  readonly extras: readonly string[];
  readonly specifier: string;
  readonly marker: string;
}

/** The parts of a PEP 508 requirement without URL. */
function parsed(requirement: string): Requirement {
  const match = /^\s*([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?\s*([^;@]*?)\s*(?:;\s*(.*?)\s*)?$/.exec(requirement);
  if (match === null) throw new Error(`not a requirement that Poetry can hold: ${requirement}`);
  const [, name = '', extras = '', specifier = '', marker = ''] = match;
  return { name, extras: extras.split(',').flatMap((extra) => extra.trim() || []), specifier, marker };
}
