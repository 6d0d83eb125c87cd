import { join } from 'node:path/posix';
import { gitRepository, type Repository } from '../git-repository.ts';
import { temporaryFolder, type TestEnd } from '../temporary-folder.ts';
import { writeTree } from '../write-tree.ts';
import { completed, type CompleteSpec, type FindSpec, moduleOf, type PackageSpec } from './package-spec.ts';
import { poetryManifest } from './poetry-manifest.ts';
import { projectManifest, uvWorkspace } from './project-manifest.ts';

type Files = readonly (readonly [path: string, content: string])[];

/**
 * The files of a Python monorepo that real tools can build: a manifest and a module per package, by path; and, where
 * one needs it, a root pyproject.toml that is no package and lists the members for uv.
 *
 * @throws Error when a local dependency names no package of the workspace, or two packages share a name or folder
 */
export function pythonWorkspace(packages: readonly PackageSpec[]): Readonly<Record<string, string>> {
  const specs = packages.map((spec) => completed(spec));
  for (const key of ['name', 'path'] as const) {
    if (new Set(specs.map((spec) => spec[key])).size < specs.length) throw new Error(`two packages share a ${key}`);
  }
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const neighbour: FindSpec = (name) => {
    const spec = byName.get(name);
    if (spec === undefined) throw new Error(`no package of the workspace is called ${name}`);
    return spec;
  };
  return Object.fromEntries([...uvRoot(specs), ...specs.flatMap((spec) => packageFiles(spec, neighbour))]);
}

/** {@link pythonWorkspace} written to a temporary folder, in a git repository with one commit. Gone when the test ends. */
export async function pythonRepository(packages: readonly PackageSpec[], test?: TestEnd): Promise<Repository> {
  const tree = pythonWorkspace(packages);
  const root = await temporaryFolder(test);
  await writeTree(root, tree);
  return gitRepository(root);
}

function uvRoot(specs: readonly CompleteSpec[]): Files {
  const usesSources = specs.some(
    ({ backend, dependencies }) => backend !== 'poetry-core' && dependencies.some(isLocal),
  );
  return usesSources ? [['pyproject.toml', uvWorkspace(specs)]] : [];
}

function isLocal(dependency: CompleteSpec['dependencies'][number]): boolean {
  return typeof dependency !== 'string';
}

function packageFiles(spec: CompleteSpec, neighbour: FindSpec): Files {
  const files: Readonly<Record<string, string>> = {
    'pyproject.toml': manifest(spec, neighbour),
    [`src/${moduleOf(spec.name)}/__init__.py`]: `"""Generated package ${spec.name}."""\n\nNAME = "${spec.name}"\n`,
    ...spec.files,
  };
  return Object.entries(files).map(([path, content]) => [join(spec.path, path), content]);
}

function manifest(spec: CompleteSpec, neighbour: FindSpec): string {
  if (spec.backend === 'poetry-core') return poetryManifest(spec, neighbour);
  return projectManifest(spec, spec.backend, neighbour);
}
