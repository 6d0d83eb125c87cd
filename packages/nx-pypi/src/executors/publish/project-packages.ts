import type { ProjectGraph } from '@nx/devkit';
import type { Discovery, Problem, PythonPackage } from '@nx-pypi/manifests';

/** Which package an Nx project is; a project whose manifest can't be read is the problem of that manifest. */
type ProjectPackage =
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Projects and packages meet at their folder: an Nx project may bear another name than its package. */
export interface ProjectPackages {
  readonly of: (project: string) => ProjectPackage;
  /** Nx tags by normalised package name. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
}

export function projectPackages({ packages, problems }: Discovery, graph: ProjectGraph): ProjectPackages {
  const byPath = new Map(packages.map((pkg): readonly [string, PythonPackage] => [pkg.path, pkg]));
  const tags = new Map<string, readonly string[]>();
  for (const node of Object.values(graph.nodes)) {
    const pkg = byPath.get(node.data.root);
    if (pkg !== undefined) tags.set(pkg.normalizedName, node.data.tags ?? []);
  }
  return {
    tags,
    of: (project) => {
      const folder = graph.nodes[project]?.data.root;
      const pkg = folder === undefined ? undefined : byPath.get(folder);
      if (pkg !== undefined) return { kind: 'package', name: pkg.normalizedName };
      return {
        kind: 'problem',
        problem:
          problems.find((problem) => folder !== undefined && isOf(problem, folder)) ?? noPackage(project, folder),
      };
    },
  };
}

function isOf(problem: Problem, folder: string): boolean {
  const file = problem.where?.replace(/(:\d+)+$/, '');
  if (file === undefined) return false;
  return folder === '.' ? !file.includes('/') : file.slice(0, file.lastIndexOf('/')) === folder;
}

function noPackage(project: string, folder: string | undefined): Problem {
  return {
    code: 'NXPYPI_NO_PACKAGE',
    message: `the project ${project} holds no Python package`,
    hint: 'add a [project] table with a name to its pyproject.toml, or remove its publish target',
    ...(folder === undefined ? {} : { where: folder }),
  };
}
