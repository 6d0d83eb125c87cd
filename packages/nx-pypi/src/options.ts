/** Options of the plugin's entry in nx.json. options.schema.json says the same for editors. */
export interface NxPypiOptions {
  /**
   * Where packages are published and read. Left out: the embedded registry on this machine (refused in CI).
   * `'gitlab'`: inside GitLab CI, host, token, project and group come from the predefined variables.
   */
  readonly registry?: RegistryOption;
  /** The step from the released version to the next one; default `patch`. */
  readonly bump?: LevelOption;
  /** Which packages may be published: names, globs over names, `tag:` and an Nx tag. */
  readonly publish?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] };
  /** Branches that release final versions, with the versions they may release: `{ "main": "*", "release/1.x": ">=1,<2" }`. */
  readonly releaseBranches?: Readonly<Record<string, string>>;
  /** `allow`: names that the registry does not know are released without being asked for (`--new`). */
  readonly newPackages?: 'allow' | 'ask';
  /** Packages uploaded at the same time; default 8. */
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

export type RegistryOption = 'embedded' | 'gitlab' | GitLabRegistryOption | IndexRegistryOption;

/** A GitLab project's PyPI registry: uploads go to the project, reads through the group. */
export interface GitLabRegistryOption {
  /** `https://gitlab.example.com`, with the sub-path of a relative installation. */
  readonly url?: string;
  /** Id or full path of the project that holds the packages. */
  readonly project?: string | number;
  /** Id or full path of the group to read through; left out: reads go through the project. */
  readonly group?: string | number;
  /** Plain http is refused except on loopback, unless this is true. */
  readonly allowHttp?: boolean;
}

/** Any PyPI-compatible registry. */
export interface IndexRegistryOption {
  readonly uploadUrl: string;
  readonly indexUrl: string;
  readonly allowHttp?: boolean;
}
