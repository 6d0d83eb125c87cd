import { basename, dirname } from 'node:path/posix';
import { dialects } from './dialects.ts';
import { mentionedOutside } from './mentioned-outside.ts';
import type { Discovery, Problem, PythonPackage, ReadText } from './model.ts';
import { fileIn } from './pyproject/paths.ts';

/** The files that may declare a package. */
export const manifestFileNames: readonly string[] = ['pyproject.toml', 'setup.cfg', 'setup.py'];

/**
 * Finds the packages that `files` declare; paths that name no manifest are passed over. Whatever is wrong with one folder
 * is a problem and leaves the other folders alone. Both lists are ordered by path. Never throws.
 */
export function discoverPackages(files: readonly string[], readText: ReadText): Discovery {
  const folders = foldersOf(files);
  const read = remembering(readText);
  const packages: PythonPackage[] = [];
  const problems: Problem[] = [];
  for (const folder of [...folders.keys()].toSorted()) {
    const found = readFolder(folder, folders.get(folder) ?? [], read);
    packages.push(...found.packages);
    problems.push(...found.problems);
  }
  return { packages, problems: [...problems, ...duplicateNames(packages)] };
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

function readFolder(folder: string, names: readonly string[], readText: ReadText): Discovery {
  const unread = names.filter((name) => readText(fileIn(folder, name)) === undefined);
  if (unread.includes('pyproject.toml')) {
    return { packages: [], problems: [notText(fileIn(folder, 'pyproject.toml'))] };
  }
  for (const dialect of dialects) {
    const reading = dialect.read(folder, readText);
    switch (reading.kind) {
      case 'package':
        return { packages: [withOutside(reading.package, names, readText)], problems: reading.problems };
      case 'not-a-package':
        return { packages: [], problems: [] };
      case 'problem':
        return { packages: [], problems: [reading.problem] };
      case 'not-mine':
        break;
    }
  }
  const empty = names.filter((name) => readText(fileIn(folder, name))?.trim() === '');
  return {
    packages: [],
    problems: [
      ...unread.map((name) => notText(fileIn(folder, name))),
      ...empty.map((name) => emptyFile(fileIn(folder, name))),
    ],
  };
}

function withOutside(pkg: PythonPackage, names: readonly string[], readText: ReadText): PythonPackage {
  const outside = mentionedOutside(
    pkg.path,
    names.map((name) => readText(fileIn(pkg.path, name))),
  );
  return outside.length === 0 ? pkg : { ...pkg, outside };
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
