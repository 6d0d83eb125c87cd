/** What a built sdist says of its own origin (rule I1): never a person, a runner's host name or a machine's path. */
export interface Provenance {
  /** Number of this table's format; 1. */
  readonly format: number;
  /** `host/path` of the repository without credentials and `.git`, or '' when there is no remote. */
  readonly repository: string;
  /** The package's folder in the workspace. */
  readonly path: string;
  /** Full commit id, or '' outside git. */
  readonly revision: string;
  readonly ref: string;
  readonly dirty: boolean;
  /** URL of the CI pipeline, or ''. */
  readonly pipeline: string;
  /** The channel that released it (rule C3); absent for final releases. */
  readonly channel?: string;
  readonly tool: string;
  /** Rule D2, `1:<hex sha256>`. */
  readonly digest: string;
  /** Internal ranges as declared, by normalised name: rule F1 asks whether a declaration is still the same. */
  readonly declared: Readonly<Record<string, string>>;
}
