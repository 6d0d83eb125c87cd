import { discoverPackages, type PythonPackage } from '@nx-pypi/manifests';
import { gitRepository, temporaryFolder, type Repository, type Tree } from '@nx-pypi/testkit';
import { listIgnoredFiles, listWorkspaceFiles, readWorkspaceText } from '@nx-pypi/workspace';
import { listing } from '../../src/staging/listing.ts';
import type { StageSources } from '../../src/staging/plan-stage.ts';

export interface Score {
  readonly repository: Repository;
  readonly sources: (packageFolders?: readonly string[]) => Promise<StageSources>;
  readonly packageAt: (path: string) => Promise<PythonPackage>;
}

/** A committed workspace. */
export async function scoreWith(tree: Tree): Promise<Score> {
  const repository = await gitRepository(await temporaryFolder());
  await repository.commit('Compose', tree);
  const { root } = repository;
  const readText = readWorkspaceText(root);
  return {
    repository,
    sources: async (packageFolders = []) => ({
      root,
      files: listing(await listWorkspaceFiles(root), () => listIgnoredFiles(root, ['.'])),
      readText,
      packageFolders: new Set(packageFolders),
    }),
    packageAt: async (path) => {
      const { packages, problems } = discoverPackages(await listWorkspaceFiles(root), readText);
      const found = packages.find((pkg) => pkg.path === path);
      if (found === undefined) throw new Error(`no package at ${path}: ${JSON.stringify(problems)}`);
      return found;
    },
  };
}

/** A pyproject.toml with `[project]` and a backend; `more` follows. */
export function pyproject(name: string, backend: string, more = ''): string {
  return `[project]\nname = "${name}"\nversion = "1.0.0"\n\n[build-system]\nrequires = []\nbuild-backend = "${backend}"\n${more}`;
}
