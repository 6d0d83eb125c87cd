import { basename, dirname } from 'node:path/posix';
import type { Reading } from './dialect.ts';
import { dialects } from './dialects.ts';
import { mentionedOutside } from './mentioned-outside.ts';
import type { Discovery, Problem, PythonPackage, ReadText } from './model.ts';
import type { Scope } from './scope.ts';
import { fileIn } from './pyproject/paths.ts';
import { wantedNames } from './wanted.ts';

/** The files that may declare a package. */
export const manifestFileNames: readonly string[] = ['pyproject.toml', 'setup.cfg', 'setup.py'];

/**
 * Finds the packages that `files` declare; paths that name no manifest are passed over. Whatever is wrong with one folder
 * is a problem and leaves the other folders alone. Both lists are ordered by path. Never throws.
 *
 * In the scope `internal` only declarations of packages found here are sure to be read, and what is wrong with others, or in settings
 * of tools that have no say in a package, may stay unseen.
 */
export function discoverPackages(files: readonly string[], readText: ReadText, scope: Scope = 'all'): Discovery {
  const folders = foldersOf(files);
  const read = remembering(readText);
  const findings = [...folders.keys()]
    .toSorted()
    .map((folder) => readFolder(folder, folders.get(folder) ?? [], { readText: read, scope }));
  const wanted = scope === 'all' ? null : wantedNames(new Set(findings.flatMap(({ reading }) => nameIn(reading))));
  const packages: PythonPackage[] = [];
  const problems: Problem[] = [];
  for (const { reading, problems: own } of findings) {
    problems.push(...own);
    if (reading === null) continue;
    const declared = reading.declare(wanted);
    problems.push(...declared.problems);
    packages.push({ ...reading.package, declarations: declared.declarations });
  }
  return { packages, problems: [...problems, ...duplicateNames(packages)] };
}

type PackageReading = Extract<Reading, { readonly kind: 'package' }>;

interface Finding {
  readonly reading: PackageReading | null;
  readonly problems: readonly Problem[];
}

function nameIn(reading: PackageReading | null): readonly string[] {
  return reading === null ? [] : [reading.package.normalizedName];
}

function foldersOf(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const file of new Set(files)) {
    if (manifestFileNames.includes(basename(file))) {
      const folder = dirname(file);
      folders.set(folder, [...(folders.get(folder) ?? []), basename(file)]);
    }
  }
  return folders;
}

function remembering(readText: ReadText): ReadText {
  const texts = new Map<string, string | undefined>();
  return (path) => {
    if (!texts.has(path)) {
      texts.set(path, readText(path));
    }
    return texts.get(path);
  };
}

interface Look {
  readonly readText: ReadText;
  readonly scope: Scope;
}

function readFolder(folder: string, names: readonly string[], { readText, scope }: Look): Finding {
  const unread = names.filter((name) => readText(fileIn(folder, name)) === undefined);
  if (unread.includes('pyproject.toml')) {
    return none([notText(fileIn(folder, 'pyproject.toml'))]);
  }
  for (const dialect of dialects) {
    const reading = dialect.read(folder, readText, scope);
    switch (reading.kind) {
      case 'package':
        return { reading: withOutside(reading, names, readText), problems: reading.problems };
      case 'not-a-package':
        return none([]);
      case 'problem':
        return none([reading.problem]);
      case 'not-mine':
        break;
    }
  }
  const empty = names.filter((name) => readText(fileIn(folder, name))?.trim() === '');
  return none([
    ...unread.map((name) => notText(fileIn(folder, name))),
    ...empty.map((name) => emptyFile(fileIn(folder, name))),
  ]);
}

function none(problems: readonly Problem[]): Finding {
  return { reading: null, problems };
}

function withOutside(reading: PackageReading, names: readonly string[], readText: ReadText): PackageReading {
  const { path } = reading.package;
  const outside = mentionedOutside(
    path,
    names.map((name) => readText(fileIn(path, name))),
  );
  return outside.length === 0 ? reading : { ...reading, package: { ...reading.package, outside } };
}

function duplicateNames(packages: readonly PythonPackage[]): readonly Problem[] {
  const byName = new Map<string, PythonPackage[]>();
  for (const pkg of packages) {
    byName.set(pkg.normalizedName, [...(byName.get(pkg.normalizedName) ?? []), pkg]);
  }
  return [...byName.entries()].flatMap(([name, all]) => (all.length > 1 ? [duplicate(name, all)] : []));
}

function duplicate(name: string, packages: readonly PythonPackage[]): Problem {
  const files = packages.map(({ manifest }) => manifest);
  return {
    code: 'NXPYPI_DUPLICATE_NAME',
    message: `'${name}' is the name of ${String(files.length)} packages: ${files.join(', ')}.`,
    hint: 'Rename one, or exclude its folder from discovery; until then none of them is published.',
    where: files[0] ?? '',
  };
}

function notText(file: string): Problem {
  return {
    code: 'NXPYPI_NOT_UTF8',
    message: `${file} can't be read as UTF-8 text.`,
    hint: 'Save it as UTF-8, and check that it is a file this user may read and no link into nowhere; until then its folder is no package.',
    where: file,
  };
}

function emptyFile(file: string): Problem {
  return {
    code: 'NXPYPI_EMPTY_MANIFEST',
    message: `${file} is empty.`,
    hint: 'Write the manifest, or remove the file.',
    where: file,
  };
}
