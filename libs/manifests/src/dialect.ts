import type { DialectId, EditResult, ManifestChange, Problem, PythonPackage, ReadText } from './model.ts';
import type { Scope } from './scope.ts';
import type { Declarations } from './pyproject/requirement-declaration.ts';
import type { Wanted } from './wanted.ts';

/** A package but for its declarations. */
export type PackageFacts = Omit<PythonPackage, 'declarations'>;

/** What a dialect says of one folder. */
export type Reading =
  | {
      readonly kind: 'package';
      readonly package: PackageFacts;
      /** Reads the declarations, at least those of wanted names. Most that a monorepo declares lead out of it, and its graph needs none of these. */
      readonly declare: (wanted: Wanted) => Declarations;
      /** Of single values; the package counts. */
      readonly problems: readonly Problem[];
    }
  /** The folder declares nothing in this dialect: the next one is asked. */
  | { readonly kind: 'not-mine' }
  /** A manifest of this dialect that is no package: workspace root, tool configuration, `package-mode = false`. */
  | { readonly kind: 'not-a-package'; readonly reason: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** One way to write a manifest. Plain objects in the explicit list of dialects.ts, asked in its order. */
export interface Dialect {
  readonly id: DialectId;
  /** `folder` is relative to the workspace, `.` for its root. Never throws. */
  readonly read: (folder: string, readText: ReadText, scope?: Scope) => Reading;
  /** Edits that carry out one change on a package that this dialect read; a change that would edit nothing is a problem (law 10). */
  readonly edits: (pkg: PythonPackage, change: ManifestChange, readText: ReadText) => EditResult;
}

/** The package of a reading with all that it declares, or null. */
export function packageIn(reading: Reading): PythonPackage | null {
  return reading.kind === 'package' ? { ...reading.package, declarations: reading.declare(null).declarations } : null;
}
