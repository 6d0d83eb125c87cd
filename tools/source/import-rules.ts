import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { impureGlobals, mayImport, pureMayImport, purePackages, testEntries, testsMayImport } from './layers.ts';
import { packageName } from './package-name.ts';
import type { Repository, SourceFile, Violation, WorkspacePackage } from './repository.ts';
import { type Import, readSyntax } from './syntax.ts';

type Role = 'source' | 'test';

interface Module {
  readonly file: SourceFile;
  readonly owner: WorkspacePackage;
  readonly role: Role;
}

/** Every rule about what a TypeScript file may import or name. Fixtures and example workspaces are data, not modules. */
export function checkImports(repository: Repository): readonly Violation[] {
  return repository.files
    .filter(({ path }) => path.endsWith('.ts') && !/(^|\/)fixtures\/|^test\/workspaces\//.test(path))
    .flatMap((file) => checkModule({ file, ...placeOf(file.path, repository.packages) }, repository));
}

function placeOf(path: string, packages: readonly WorkspacePackage[]): { owner: WorkspacePackage; role: Role } {
  const owner = ownerOf(path, packages);
  return { owner, role: path.startsWith(`${owner.folder}/src/`) ? 'source' : 'test' };
}

function ownerOf(path: string, packages: readonly WorkspacePackage[]): WorkspacePackage {
  const owner =
    packages.find(({ folder }) => path === folder || path.startsWith(`${folder}/`)) ??
    packages.find(({ folder }) => folder === '.');
  if (owner === undefined) throw new Error(`${path} belongs to no package: the root package is missing`);
  return owner;
}

function checkModule(module: Module, repository: Repository): readonly Violation[] {
  const { file, owner, role } = module;
  const syntax = readSyntax(file.path, file.text);
  const unread = syntax.errors.map((error) => ({ where: file.path, message: `does not parse: ${error}` }));
  const imports = syntax.imports.flatMap((one) =>
    importFaults(module, one, repository).map((message) => ({ where: `${file.path}:${one.line}`, message })),
  );
  if (role === 'test' || !purePackages.includes(owner.name)) return [...unread, ...imports];
  const globals = impureGlobals.flatMap((name) => {
    const line = syntax.names.get(name);
    return line === undefined
      ? []
      : [{ where: `${file.path}:${line}`, message: `names ${name}, but ${owner.name} is pure` }];
  });
  return [...unread, ...imports, ...globals];
}

function importFaults(module: Module, imported: Import, repository: Repository): readonly string[] {
  const { role } = module;
  const { specifier, kind } = imported;
  const faults: string[] = [];
  if (kind === 'side-effect' && role === 'source') {
    faults.push(`imports ${specifier} for its side effects only: the bundler drops such imports`);
  }
  if (specifier.startsWith('.')) return [...faults, ...relativeFaults(module, specifier, repository.packages)];
  if (isBuiltin(specifier)) return [...faults, ...builtinFaults(module, specifier)];
  return [...faults, ...packageFaults(module, specifier, repository)];
}

function packageFaults(module: Module, specifier: string, repository: Repository): readonly string[] {
  const { owner, role } = module;
  const name = packageName(specifier) ?? specifier;
  const isOurs = repository.packages.some((one) => one.name === name && one.folder !== '.');
  if (isOurs && !layerAllows(owner, role, name)) return [`imports ${name}, which ${owner.name} may not know`];
  if (isOurs && name !== specifier && !(role !== 'source' && testEntries.includes(specifier)))
    return [`imports ${specifier}: packages of this monorepo are imported by their name alone`];
  if (isDeclared(module, name, repository)) return [];
  return [`imports ${name}, which package.json of ${owner.name} does not declare`];
}

function relativeFaults(
  { file, owner, role }: Module,
  specifier: string,
  packages: readonly WorkspacePackage[],
): readonly string[] {
  const target = posix.join(posix.dirname(file.path), specifier);
  const targetOwner = target.startsWith('..') ? undefined : ownerOf(target, packages);
  if (targetOwner !== owner) return [`imports ${specifier}, which lies outside of ${owner.name}`];
  const leavesSource = role === 'source' && !target.startsWith(`${owner.folder}/src/`);
  return leavesSource ? [`imports ${specifier}: source imports source only`] : [];
}

function builtinFaults({ owner, role }: Module, specifier: string): readonly string[] {
  if (!specifier.startsWith('node:')) return [`imports ${specifier} without node: before it`];
  if (role === 'test' || !purePackages.includes(owner.name) || pureMayImport.includes(specifier)) return [];
  return [`imports ${specifier}, but ${owner.name} is pure`];
}

function layerAllows(owner: WorkspacePackage, role: Role, name: string): boolean {
  if (owner.folder === '.') return true;
  const allowed = mayImport[owner.name] ?? [];
  if (allowed.includes(name)) return true;
  return role === 'test' && (testsMayImport.includes(name) || name === owner.name);
}

function isDeclared({ owner, role }: Module, name: string, { packages }: Repository): boolean {
  const own = { ...owner.dependencies, ...owner.peerDependencies };
  if (name in own) return true;
  const isOurs = packages.some((one) => one.name === name && one.folder !== '.');
  if (role === 'source') return isOurs && owner.name === 'nx-pypi' && name in owner.devDependencies;
  if (isOurs) return true;
  const root = packages.find(({ folder }) => folder === '.');
  return name in owner.devDependencies || name in (root?.devDependencies ?? {});
}
