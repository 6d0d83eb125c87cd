import { basename, dirname } from 'node:path/posix';
import type { Tree } from '@nx/devkit';
import {
  applyEdits,
  discoverPackages,
  manifestEdits,
  type ManifestChange,
  type PythonPackage,
  type ReadText,
  type TextEdit,
} from '@nx-pypi/manifests';

const MANIFESTS = ['pyproject.toml', 'setup.cfg', 'setup.py'];

/** Reads files of an Nx tree, with what was written to it before. */
export function readTree(tree: Tree): ReadText {
  return (path) => {
    if (!tree.exists(path) || !tree.isFile(path)) return undefined;
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(tree.read(path) ?? undefined);
  };
}

/** The package of a project's folder, as the tree has it now. @throws Error where its manifest can't be read. */
export function packageIn(tree: Tree, root: string): PythonPackage {
  const files = MANIFESTS.map((name) => (root === '.' || root === '' ? name : `${root}/${name}`));
  const { packages, problems } = discoverPackages(
    files.filter((file) => tree.exists(file)),
    readTree(tree),
  );
  const [pkg] = packages;
  if (pkg === undefined) throw new Error(problems[0]?.message ?? `there is no Python package in ${root}`);
  return pkg;
}

/** Carries out changes of one package in the tree; resolves to the files that differ. @throws Error where they can't be made. */
export function changeInTree(tree: Tree, pkg: PythonPackage, changes: readonly ManifestChange[]): readonly string[] {
  if (changes.length === 0) return [];
  const readText = readTree(tree);
  const result = manifestEdits(pkg, changes, readText);
  if (result.kind === 'problem')
    throw new Error(`${result.problem.code}: ${result.problem.message} ${result.problem.hint}`);
  const byFile = new Map<string, TextEdit[]>();
  for (const edit of result.edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  for (const [file, edits] of byFile) tree.write(file, applyEdits(readText(file) ?? '', edits));
  return [...byFile.keys()];
}

/** `packages/flour/pyproject.toml` → its name and folder. */
export function placeOf({ manifest }: PythonPackage): { readonly file: string; readonly folder: string } {
  return { file: basename(manifest), folder: dirname(manifest) };
}
