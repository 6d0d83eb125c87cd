import type { DialectId, EditResult, ManifestChange, Problem, PythonPackage, ReadText } from './model.ts';

/** What a dialect says of one folder. */
export type Reading =
  /** `problems` concern single declarations; the package counts. */
  | { readonly kind: 'package'; readonly package: PythonPackage; readonly problems: readonly Problem[] }
  /** The folder declares nothing in this dialect: the next one is asked. */
  | { readonly kind: 'not-mine' }
  /** A manifest of this dialect that is no package: workspace root, tool configuration, `package-mode = false`. */
  | { readonly kind: 'not-a-package'; readonly reason: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** One way to write a manifest. Plain objects in the explicit list of dialects.ts, asked in its order. */
export interface Dialect {
  readonly id: DialectId;
  /** `folder` is relative to the workspace, `.` for its root. Never throws. */
  readonly read: (folder: string, readText: ReadText) => Reading;
  /** Edits that carry out one change on a package that this dialect read; a change that would edit nothing is a problem (law 10). */
  readonly edits: (pkg: PythonPackage, change: ManifestChange, readText: ReadText) => EditResult;
}
