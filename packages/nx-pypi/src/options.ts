/** Options of the plugin's entry in nx.json. options.schema.json says the same for editors. */
export interface NxPypiOptions {
  /**
   * Where packages are published and read. Left out: the embedded registry on this machine (refused in CI).
   * `'gitlab'`: inside GitLab CI, host, token, project and group come from the predefined variables.
   */
  readonly registry?: RegistryOption;
  /**
   * More registries, by name, each for the packages that it takes; all others go to `registry`. A package that two of them
   * take is an error.
   */
  readonly registries?: Readonly<Record<string, RegistryRouteOption>>;
  /** Where the pre-releases of a channel go (`--channel`). Left out: refused, except on this machine. */
  readonly channels?: Readonly<Partial<Record<'dev' | 'a' | 'b' | 'rc', ChannelOption>>>;
  /** The step from the released version to the next one; default `patch`. `auto`: what conventional commits say. */
  readonly bump?: LevelOption | 'auto';
  /**
   * `registry` (default): versions are counted from the registry. `committed`: what the manifests say is released, and a
   * changed package that was not bumped is an error.
   */
  readonly versions?: 'registry' | 'committed';
  /** The number of the first pre-release of a phase; default 1. */
  readonly firstPreRelease?: 0 | 1;
  /** What a release means for the packages that need it. */
  readonly dependents?: DependentsOption;
  /** Packages that share one version, by the group's name: names, globs over names, `tag:` and an Nx tag. */
  readonly lockstep?: Readonly<Record<string, readonly string[]>>;
  /** Which packages may be published: names, globs over names, `tag:` and an Nx tag. */
  readonly publish?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] };
  /** Branches that release final versions, with the versions they may release: `{ "main": "*", "release/1.x": ">=1,<2" }`. */
  readonly releaseBranches?: Readonly<Record<string, string>>;
  /** `allow`: names that the registry does not know are released without being asked for (`--new`). */
  readonly newPackages?: 'allow' | 'ask';
  /** How git tags of releases are named (`--tag`), with `{name}` and `{version}`; default `{name}@{version}`. */
  readonly tagPattern?: string;
  /** Packages uploaded at the same time; default 16. */
  readonly concurrency?: number;
  /** Builds at the same time; default: the number of processors. */
  readonly buildConcurrency?: number;
  /** Release `X.devN` as X (default false). */
  readonly releaseDev?: boolean;
  /** The first version of packages whose version is derived from source control or a placeholder; default `0.1.0`. */
  readonly initialVersion?: string;
  /** Versions that exist but are no baselines, by package name. */
  readonly unavailable?: Readonly<Record<string, readonly string[]>>;
  /** Repositories (`host/path`) whose released versions this repository takes over. */
  readonly adopt?: readonly string[];
  /** The interpreter that builds; default `python3`. */
  readonly python?: string;
  /** Requirements that pin what build environments install, as in a constraints file. */
  readonly buildConstraints?: readonly string[];
  /** Seconds that one build may take; default 600. */
  readonly buildTimeout?: number;
  readonly buildTargetName?: string | false;
  readonly publishTargetName?: string | false;
  readonly releasePublishTargetName?: string | false;
}

export type LevelOption =
  | 'major'
  | 'minor'
  | 'patch'
  | 'premajor'
  | 'preminor'
  | 'prepatch'
  | 'prerelease'
  | 'stable'
  | 'a'
  | 'b'
  | 'rc'
  | 'post'
  | 'dev';

export interface EdgeOption {
  /** `range` (default): a dependent follows when its range leaves the new version out; `always`; `never`. */
  readonly follow?: 'range' | 'always' | 'never';
  /** How a range is rewritten that leaves a version out; default `style`: as it was written. */
  readonly rewrite?: 'style' | 'exact' | 'compatible' | 'floor' | 'cap-next-major';
}

export interface DependentsOption extends EdgeOption {
  /** The level of a dependent whose rewritten range excludes all that it accepted; `match`: its dependency's. */
  readonly level?: 'patch' | 'match';
  /** Single edges; the first that fits counts, before `[tool.nx-pypi]` of the dependent. Patterns as in `publish`. */
  readonly edges?: readonly (EdgeOption & { readonly dependent: string; readonly dependency: string })[];
}

export interface RegistryRouteOption {
  /** Names, globs over names, `tag:` and an Nx tag. */
  readonly packages: readonly string[];
  readonly registry: RegistryOption;
}

interface ChannelOption {
  /** A registry of its own, from which final versions are not read, or `shared`: where final versions go. */
  readonly registry: Exclude<RegistryOption, 'embedded'> | 'shared';
}

export type RegistryOption =
  | 'embedded'
  | 'gitlab'
  | GitLabRegistryOption
  | IndexRegistryOption
  | DirectoryRegistryOption;

/** How a server is talked to. A password or token never stands here: nx.json is read by everybody. */
interface ServerOption {
  /** Plain http is refused except on loopback, unless this is true. */
  readonly allowHttp?: boolean;
  /** PEM file of certificate authorities, trusted beside Node's own; relative to the workspace. */
  readonly caFile?: string;
  /** The user name that goes with a bare token, and that the keyring is asked for; default `__token__`. */
  readonly username?: string;
  /** Ask the `keyring` command for the password, after all other sources (default false). */
  readonly keyring?: boolean;
}

/** A GitLab project's PyPI registry: uploads go to the project, reads through the group. */
export interface GitLabRegistryOption extends ServerOption {
  /** `https://gitlab.example.com`, with the sub-path of a relative installation. */
  readonly url?: string;
  /** Id or full path of the project that holds the packages. */
  readonly project?: string | number;
  /** Id or full path of the group to read through; left out: reads go through the project. */
  readonly group?: string | number;
}

/** Any PyPI-compatible registry. */
export interface IndexRegistryOption extends ServerOption {
  readonly uploadUrl: string;
  readonly indexUrl: string;
}

/** A folder that a web server or a share offers to others: files with the pages of an index (PEP 503) beside them. */
export interface DirectoryRegistryOption {
  /** Relative to the workspace, or absolute. It must exist. */
  readonly directory: string;
}
