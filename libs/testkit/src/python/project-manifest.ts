import { relative } from 'node:path/posix';
import { type Backend, type CompleteSpec, type DependencySpec, type FindSpec, moduleOf } from './package-spec.ts';
import { document, table, type TomlValue } from './toml-text.ts';

type StandardBackend = Exclude<Backend, 'poetry-core'>;

/** `[build-system]` as each backend's documentation gives it. */
const BUILD_SYSTEMS: Readonly<Record<StandardBackend, Readonly<Record<string, TomlValue>>>> = {
  hatchling: { requires: ['hatchling>=1.21'], 'build-backend': 'hatchling.build' },
  setuptools: { requires: ['setuptools>=64'], 'build-backend': 'setuptools.build_meta' },
  flit: { requires: ['flit_core>=3.9,<5'], 'build-backend': 'flit_core.buildapi' },
  'pdm-backend': { requires: ['pdm-backend>=2.1'], 'build-backend': 'pdm.backend' },
  uv_build: { requires: ['uv_build>=0.7,<1'], 'build-backend': 'uv_build' },
};

/**
 * The pyproject.toml of a package whose backend reads the `[project]` table (PEP 621).
 * Local dependencies are bare names with a source for uv, which backends ignore.
 */
export function projectManifest(spec: CompleteSpec, backend: StandardBackend, neighbour: FindSpec): string {
  const local = spec.dependencies.flatMap((dependency) => (typeof dependency === 'string' ? [] : [dependency.local]));
  const sources = local.map((name) => [name, source(spec.path, neighbour(name))] as const);
  return document([
    table('build-system', BUILD_SYSTEMS[backend]),
    table('project', {
      name: spec.name,
      version: spec.version,
      description: `Generated package ${spec.name}`,
      'requires-python': '>=3.9',
      ...(spec.dependencies.length > 0 && { dependencies: spec.dependencies.map((one) => requirement(one)) }),
    }),
    table('project.optional-dependencies', spec.extras),
    table('dependency-groups', spec.groups),
    table('tool.uv.sources', Object.fromEntries(sources)),
    table('tool.flit.module', backend === 'flit' ? { name: moduleOf(spec.name) } : {}),
    table('tool.nx-pypi', spec.publish ? {} : { publish: false }),
  ]);
}

/**
 * A root pyproject.toml that is no package: uv's members, which need a `[project]` table, and where every package lies.
 * uv asks for a source of each member that another one requires by name (docs.astral.sh, "Using workspaces").
 */
export function uvWorkspace(specs: readonly CompleteSpec[]): string {
  const members = specs.filter(({ backend }) => backend !== 'poetry-core').map(({ path }) => path);
  const sources = specs.map((spec) => [spec.name, source('.', spec)] as const);
  return document([table('tool.uv.workspace', { members }), table('tool.uv.sources', Object.fromEntries(sources))]);
}

function source(from: string, { backend, path }: CompleteSpec): TomlValue {
  return backend === 'poetry-core' ? { path: relative(from, path), editable: true } : { workspace: true };
}

function requirement(dependency: DependencySpec): string {
  return typeof dependency === 'string' ? dependency : dependency.local;
}
