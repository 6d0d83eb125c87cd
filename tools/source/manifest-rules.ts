import { mayImport, publishedPackages } from './layers.ts';
import { packageName } from './package-name.ts';
import type { Repository, SourceFile, Violation, WorkspacePackage } from './repository.ts';
import { readSyntax } from './syntax.ts';

/** What package.json and tsconfig.json of the packages must say for the layers to hold before any file is written. */
export function checkManifests({ files, packages }: Repository): readonly Violation[] {
  const members = packages.filter(({ folder }) => folder !== '.');
  const names = new Set(members.map(({ name }) => name));
  return members.flatMap((one) => [
    ...unknownLayer(one),
    ...direction(one, names),
    ...references(one, members),
    ...(one.name === 'nx-pypi' ? [...foldedDependencies(one, members), ...leftovers(one, members, files)] : []),
  ]);
}

function fault(one: WorkspacePackage, message: string, file = 'package.json'): Violation {
  return { where: `${one.folder}/${file}`, message };
}

function unknownLayer(one: WorkspacePackage): readonly Violation[] {
  return one.name in mayImport ? [] : [fault(one, `${one.name} has no row in tools/source/layers.ts`)];
}

/** Declared packages of this monorepo; the plugin declares what it folds in as devDependencies. */
function declaredMembers(one: WorkspacePackage, names: ReadonlySet<string>): readonly string[] {
  const folded = one.name === 'nx-pypi' ? one.devDependencies : {};
  return Object.keys({ ...one.dependencies, ...one.peerDependencies, ...folded }).filter((name) => names.has(name));
}

function direction(one: WorkspacePackage, names: ReadonlySet<string>): readonly Violation[] {
  const allowed = mayImport[one.name] ?? [];
  return declaredMembers(one, names)
    .filter((name) => !allowed.includes(name))
    .map((name) => fault(one, `declares ${name}, which ${one.name} may not know`));
}

function references(one: WorkspacePackage, members: readonly WorkspacePackage[]): readonly Violation[] {
  const declared = declaredMembers(one, new Set(members.map(({ name }) => name)));
  return members.flatMap((other) => {
    const isReferred = one.references.includes(other.folder);
    if (isReferred === declared.includes(other.name)) return [];
    const message = isReferred
      ? `refers to ${other.folder}, but package.json does not declare ${other.name}`
      : `does not refer to ${other.folder}, which package.json declares`;
    return [fault(one, message, 'tsconfig.json')];
  });
}

/** Users install the plugin alone: what its folded libs import must be among its own dependencies, in the same range. */
function foldedDependencies(plugin: WorkspacePackage, members: readonly WorkspacePackage[]): readonly Violation[] {
  const names = new Set(members.map(({ name }) => name));
  const shipped = { ...plugin.dependencies, ...plugin.peerDependencies };
  return members
    .filter(({ name }) => name in plugin.devDependencies)
    .flatMap((lib) => Object.entries(lib.dependencies).map(([name, range]) => ({ lib, name, range })))
    .filter(({ name, range }) => !names.has(name) && shipped[name] !== range)
    .map(({ lib, name, range }) =>
      fault(plugin, `must declare ${name} ${range}, which the folded ${lib.name} imports`),
    );
}

/** What users would install for nobody: knip cannot see it, since it may be there for a folded lib. */
function leftovers(
  plugin: WorkspacePackage,
  members: readonly WorkspacePackage[],
  files: readonly SourceFile[],
): readonly Violation[] {
  const folded = members.filter(({ name }) => name in plugin.devDependencies);
  const own = files
    .filter(({ path }) => path.startsWith(`${plugin.folder}/src/`) && path.endsWith('.ts'))
    .flatMap(({ path, text }) => readSyntax(path, text).imports.map(({ specifier }) => packageName(specifier)));
  const needed = new Set([...own, ...folded.flatMap((lib) => Object.keys(lib.dependencies))]);
  return Object.keys(plugin.dependencies)
    .filter((name) => !needed.has(name))
    .map((name) => fault(plugin, `declares ${name}, which neither it nor a folded lib imports`));
}

/** Published packages must not depend on private ones: those are on no index. */
export function checkPublished({ packages }: Repository): readonly Violation[] {
  return packages
    .filter(({ name }) => publishedPackages.includes(name))
    .flatMap((one) =>
      Object.keys({ ...one.dependencies, ...one.peerDependencies })
        .filter((name) => name.startsWith('@nx-pypi/'))
        .map((name) => fault(one, `makes users install ${name}, which is private`)),
    );
}
