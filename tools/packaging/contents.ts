/** What must hold of every file that users get. Pure: takes the tarball's files, returns one sentence per fault. */
import { isBuiltin } from 'node:module';
import { findForbiddenWords } from '../source/forbidden-words.ts';
import { packageName } from '../source/package-name.ts';
import { readSyntax } from '../source/syntax.ts';
import type { Json, NamedFile } from './manifests.ts';
import { binaries, isRecord } from './manifests.ts';
import type { PackedFile } from './tarball.ts';

export interface Expectation {
  /** What may be in the tarball besides package.json. */
  readonly allowed: readonly RegExp[];
  /** Files that the manifests promise (`manifests.ts`). */
  readonly named: readonly NamedFile[];
  readonly manifest: Json;
}

export function findFaults(files: readonly PackedFile[], expected: Expectation): readonly string[] {
  const paths = new Set(files.map((file) => file.path));
  return [
    ...files.flatMap((file) => outsideTheList(file, expected.allowed)),
    ...files.flatMap((file) => sourceBesideJavascript(file, paths)),
    ...expected.named.flatMap((file) => promisedButAbsent(file, paths)),
    ...binaries(expected.manifest).flatMap((path) => unusableBinary(path, files)),
    ...files.flatMap((file) => imports(file, expected.manifest)),
    ...files.flatMap(privateNames),
    ...files.flatMap((file) =>
      findForbiddenWords(file.text).map(({ line, word, why }) => `${file.path}:${line}: ${word} ${why}`),
    ),
  ];
}

function outsideTheList(file: PackedFile, allowed: readonly RegExp[]): readonly string[] {
  if (file.path === 'package.json' || allowed.some((pattern) => pattern.test(file.path))) return [];
  return [`${file.path} is not in the list of what is shipped`];
}

/** Nx resolves a plugin's files without an ending and would take the `.ts`, which Node refuses to run under node_modules. */
function sourceBesideJavascript({ path }: PackedFile, paths: ReadonlySet<string>): readonly string[] {
  if (!/\.[cm]?tsx?$/.test(path) || /\.d\.[cm]?ts$/.test(path)) return [];
  const beside = paths.has(path.replace(/tsx?$/, 'js')) ? ' beside its JavaScript' : '';
  return [`${path} ships TypeScript${beside}`];
}

function promisedButAbsent({ path, by }: NamedFile, paths: ReadonlySet<string>): readonly string[] {
  return paths.has(path.replace(/^\.\//, '')) ? [] : [`${by} names ${path}, which is not in the tarball`];
}

function unusableBinary(path: string, files: readonly PackedFile[]): readonly string[] {
  const file = files.find((one) => one.path === path);
  if (file === undefined) return [];
  const faults: string[] = [];
  if (!file.text.startsWith('#!/usr/bin/env node\n')) faults.push(`${path} is a bin without #!/usr/bin/env node`);
  if ((file.mode & 0o111) !== 0o111) faults.push(`${path} is a bin with mode ${file.mode.toString(8)}: not executable`);
  return faults;
}

function imports(file: PackedFile, manifest: Json): readonly string[] {
  if (!/\.(js|d\.ts)$/.test(file.path)) return [];
  const syntax = readSyntax(file.path, file.text);
  const unparsed = syntax.errors.map((error) => `${file.path} does not parse: ${error}`);
  const declared = declaredDependencies(manifest);
  const undeclared = syntax.imports.flatMap(({ specifier, line }) => {
    const name = packageName(specifier);
    if (name === null || isBuiltin(specifier) || declared.has(name)) return [];
    return [`${file.path}:${line} imports ${specifier}, which package.json does not declare`];
  });
  return [...unparsed, ...undeclared];
}

/** What users get installed; the package itself may import its own name. */
function declaredDependencies(manifest: Json): ReadonlySet<string> {
  if (!isRecord(manifest)) return new Set();
  const fields = [manifest['dependencies'], manifest['peerDependencies'], manifest['optionalDependencies']];
  const names = fields.flatMap((field) => (field !== undefined && isRecord(field) ? Object.keys(field) : []));
  const own = manifest['name'];
  return new Set(typeof own === 'string' ? [...names, own] : names);
}

function privateNames(file: PackedFile): readonly string[] {
  if (!file.path.endsWith('.d.ts')) return [];
  return file.text
    .split('\n')
    .flatMap((line, index) => (line.includes('@nx-pypi/') ? [`${file.path}:${index + 1} names a private lib`] : []));
}
