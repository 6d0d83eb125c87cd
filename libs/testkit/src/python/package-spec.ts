/** Build backends by the name of the distribution that holds them; `flit` is flit_core. */
export type Backend = 'hatchling' | 'setuptools' | 'poetry-core' | 'flit' | 'pdm-backend' | 'uv_build';

/** A dependency without a range on another package of the workspace. */
export interface LocalDependency {
  /** The other package's name, as in its spec. */
  readonly local: string;
}

/** A PEP 508 requirement (`bakery-flour[rye]>=1,<2; python_version >= "3.9"`), or a package taken from the workspace. */
export type DependencySpec = string | LocalDependency;

/** One generated package. Only the name must be given. */
export interface PackageSpec {
  readonly name: string;
  /** `hatchling` if left out. */
  readonly backend?: Backend;
  /** `1.0.0` if left out. */
  readonly version?: string;
  readonly dependencies?: readonly DependencySpec[];
  /** Requirements by extra. */
  readonly extras?: Readonly<Record<string, readonly string[]>>;
  /** Requirements by development group: PEP 735, or Poetry's groups. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** Folder relative to the workspace; `packages/<name>` if left out. */
  readonly path?: string;
  /** `false` writes `[tool.nx-pypi] publish = false`. */
  readonly publish?: boolean;
  /** More files, relative to the package's folder; they replace generated ones of the same path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A spec with nothing left out. */
export type CompleteSpec = Required<PackageSpec>;

/** Another package of the same workspace by its name; throws when there is none. */
export type FindSpec = (name: string) => CompleteSpec;

export function completed(spec: PackageSpec): CompleteSpec {
  return {
    backend: 'hatchling',
    version: '1.0.0',
    dependencies: [],
    extras: {},
    groups: {},
    path: `packages/${spec.name}`,
    publish: true,
    files: {},
    ...spec,
  };
}

/** The import name: PEP 503 normalised, with underscores. */
export function moduleOf(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '_');
}
