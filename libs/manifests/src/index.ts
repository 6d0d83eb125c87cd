export type { Dialect, Reading } from './dialect.ts';
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
