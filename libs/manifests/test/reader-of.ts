import type { Discovery, EditResult, ManifestChange, PythonPackage, ReadText, TextEdit } from '../src/index.ts';
import { applyEdits, discoverPackages, manifestEdits } from '../src/index.ts';

/** Files by their workspace-relative paths. */
export type Files = Readonly<Record<string, string>>;

export function readerOf(files: Files): ReadText {
  return (path) => (Object.hasOwn(files, path) ? files[path] : undefined);
}

export function discover(files: Files): Discovery {
  return discoverPackages(Object.keys(files), readerOf(files));
}

/** The only package of the files. */
export function onlyPackage(files: Files): PythonPackage {
  const { packages, problems } = discover(files);
  const [only] = packages;
  if (only === undefined || packages.length > 1) {
    throw new Error(`expected one package, got ${String(packages.length)}: ${JSON.stringify(problems)}`);
  }
  return only;
}

/** The files after the changes of their only package; throws where the edit is a problem. */
export function changed(files: Files, changesOf: (pkg: PythonPackage) => readonly ManifestChange[]): Files {
  const pkg = onlyPackage(files);
  return written(files, manifestEdits(pkg, changesOf(pkg), readerOf(files)));
}

export function written(files: Files, result: EditResult): Files {
  if (result.kind === 'problem') {
    throw new Error(`${result.problem.code}: ${result.problem.message}`);
  }
  const byFile = new Map<string, TextEdit[]>();
  for (const edit of result.edits) {
    byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  }
  const after = Array.from(byFile, ([file, edits]) => [file, applyEdits(files[file] ?? '', edits)] as const);
  return { ...files, ...Object.fromEntries(after) };
}

/** The code of the problem that the changes come to, or null. */
export function problemOf(files: Files, changesOf: (pkg: PythonPackage) => readonly ManifestChange[]): string | null {
  const pkg = onlyPackage(files);
  const result = manifestEdits(pkg, changesOf(pkg), readerOf(files));
  return result.kind === 'problem' ? result.problem.code : null;
}

/** A change of the first declaration that names `name`. */
export function constrain(pkg: PythonPackage, name: string, specifier: string): ManifestChange {
  const declaration = pkg.declarations.find(({ normalizedName }) => normalizedName === name);
  if (declaration === undefined) {
    throw new Error(`${pkg.name} does not declare ${name}`);
  }
  return { kind: 'set-constraint', declaration, specifier };
}
