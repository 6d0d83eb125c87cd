/** The nouns that every dialect reads into. Paths are relative to the workspace, with `/`; the workspace root is `.`. */

/** A file that a reader may ask for; `undefined` when it does not exist or is not UTF-8 text. */
export type ReadText = (path: string) => string | undefined;

export type DialectId = 'pep621' | 'poetry' | 'setup-cfg' | 'setup-py';

/** Where a value stands, so that an edit can find it again in the file's content of the day. */
export type Spot =
  | { readonly kind: 'toml'; readonly file: string; readonly keys: readonly (string | number)[] }
  | {
      readonly kind: 'cfg';
      readonly file: string;
      readonly section: string;
      readonly option: string;
      readonly line: number;
    }
  /** `start` and `end` are UTF-16 offsets into the content that was read; `text` is what stood there. */
  | {
      readonly kind: 'span';
      readonly file: string;
      readonly start: number;
      readonly end: number;
      readonly text: string;
    };

/** How a package declares its version. `text` is as written, not normalised. */
export type DeclaredVersion =
  | { readonly kind: 'static'; readonly text: string; readonly spots: readonly Spot[] }
  /** Kept in another file (hatch path, setuptools attr:/file:, flit and pdm modules, Cargo.toml, …) and editable there. */
  | { readonly kind: 'file'; readonly source: string; readonly text: string; readonly spots: readonly Spot[] }
  /** Derived from source control at build time; `tool` names the plugin, `override` the variable that sets it in a build. */
  | { readonly kind: 'scm'; readonly tool: string; readonly override: string | null }
  /** Computed in a way that cannot be read without running code. */
  | { readonly kind: 'unreadable'; readonly reason: string };

export type DependencyKind = 'runtime' | 'extra' | 'group' | 'build';

/** What a declaration points to besides a name. */
export type DependencySource =
  | { readonly kind: 'index' }
  /** A folder or file of this machine; `path` is relative to the workspace, null when it lies outside. */
  | { readonly kind: 'path'; readonly path: string | null }
  | { readonly kind: 'workspace' }
  | { readonly kind: 'url'; readonly url: string };

/** One declared dependency, internal or not. */
export interface Declaration {
  readonly kind: DependencyKind;
  /** The extra's or group's name; null for runtime and build. */
  readonly group: string | null;
  readonly name: string;
  readonly normalizedName: string;
  /** As written in the manifest. */
  readonly written: string;
  /** The PEP 440 specifier set that built metadata would carry; '' where it would carry none (bare name, path, URL). */
  readonly specifier: string;
  readonly extras: readonly string[];
  /** PEP 508 marker text, or null. */
  readonly marker: string | null;
  readonly source: DependencySource;
  /** True where built metadata would carry a direct reference (`name @ file://…`) unless the declaration is rewritten. */
  readonly directReference: boolean;
  readonly spot: Spot;
}

/** As written. */
export interface EdgeSettings {
  readonly follow: string | null;
  readonly rewrite: string | null;
}

/** `[tool.nx-pypi]` of a package (setup.cfg: section `[nx-pypi]`). */
export interface PackageSettings {
  readonly publish: boolean | null;
  readonly include: readonly string[];
  readonly level: string | null;
  /** When the package follows the releases of what it needs, and how its ranges are rewritten; as written. */
  readonly follow: string | null;
  readonly rewrite: string | null;
  /** The same for single dependencies, by normalised name; absent where there are none. */
  readonly dependencies?: Readonly<Record<string, EdgeSettings>>;
  /** The group of packages that it shares its version with. */
  readonly lockstep: string | null;
  /** Wheels that every version has to have: globs over their platforms or tags. Absent: one wheel, whatever it is for. */
  readonly wheels?: readonly string[];
  /** Versions that branches may release of it, as in nx.json: specifiers by patterns of branches, as written. */
  readonly releaseBranches?: Readonly<Record<string, string>>;
}

export interface PythonPackage {
  readonly path: string;
  /** As written. */
  readonly name: string;
  /** PEP 503. */
  readonly normalizedName: string;
  readonly version: DeclaredVersion;
  readonly dialect: DialectId;
  /** `build-backend` as written; 'setuptools.build_meta:__legacy__' where there is no build system table (PEP 517). */
  readonly backend: string;
  readonly buildRequires: readonly string[];
  readonly backendPath: readonly string[];
  readonly requiresPython: string | null;
  readonly description: string | null;
  readonly classifiers: readonly string[];
  /** The file that names the package. */
  readonly manifest: string;
  /** Every file that was read to learn this, the manifest first. */
  readonly files: readonly string[];
  /** Paths outside the folder that its manifests mention; absent where there are none. */
  readonly outside?: readonly string[];
  readonly declarations: readonly Declaration[];
  readonly settings: PackageSettings;
}

/** An expected failure that concerns one file or package: returned, never thrown. */
export interface Problem {
  /** Stable and greppable: NXPYPI_… */
  readonly code: string;
  /** One sentence with the offending value. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** `path/to/file:line`, or a URL without credentials. */
  readonly where?: string;
}

export interface Discovery {
  readonly packages: readonly PythonPackage[];
  readonly problems: readonly Problem[];
}

/** Replaces `[start, end)` of a file's content by `text`; offsets in UTF-16 units, a byte order mark counts as one. */
export interface TextEdit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What can be changed in a manifest. */
export type ManifestChange =
  | { readonly kind: 'set-version'; readonly version: string }
  /** Make `declaration` ship exactly `specifier` as a plain PEP 508 requirement (extras and marker kept). */
  | { readonly kind: 'set-constraint'; readonly declaration: Declaration; readonly specifier: string }
  /**
   * Give `declaration`, which has a range, another one: `written` as its manifest writes ranges (`^2.0` in Poetry's tables),
   * `specifier` the same by PEP 440. Where the dependency comes from stays (workspace, path).
   */
  | {
      readonly kind: 'rewrite-range';
      readonly declaration: Declaration;
      readonly specifier: string;
      readonly written: string;
    }
  /** Write the table `[tool.nx-pypi.provenance]` (or setup.cfg's section `[nx-pypi]`); values are strings or string maps. */
  | {
      readonly kind: 'set-provenance';
      readonly fields: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
    };

export type EditResult =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'problem'; readonly problem: Problem };
