export type { Dialect, Reading } from './dialect.ts';
export { discoverPackages, manifestFileNames } from './discover.ts';
export { applyEdits } from './edits/apply-edits.ts';
export { manifestEdits } from './edits/manifest-edits.ts';
export { internalDeclarations } from './internal-declarations.ts';
export { nextMajorRange } from './ranges/next-major-range.ts';
export { restyledSpecifier, type RestyledSpecifier } from './ranges/restyled-specifier.ts';
export type {
  Declaration,
  DeclaredVersion,
  DependencyKind,
  DependencySource,
  DialectId,
  Discovery,
  EditResult,
  ManifestChange,
  PackageSettings,
  Problem,
  PythonPackage,
  ReadText,
  Spot,
  TextEdit,
} from './model.ts';
