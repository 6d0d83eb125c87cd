import type { CreateNodesResultArray, ProjectConfiguration } from '@nx/devkit';
import type { Problem, PythonPackage, ReadText } from '@nx-pypi/manifests';
import type { GraphOptions } from '../options/read-options.ts';
import type { Link } from './links.ts';
import { brokenProjectName } from './project-names.ts';
import { targetsOf, type TargetNames } from './targets.ts';
import { allEdges, workspacePackages, type WorkspacePackages } from './workspace-packages.ts';

/** All that Nx is told, as values that JSON holds. */
export interface DrawnGraph {
  readonly nodes: CreateNodesResultArray;
  readonly edges: readonly DrawnEdge[];
}

/** Between folders: Nx may know their projects by other names than the packages'. */
export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  /** The manifest of `from`. */
  readonly sourceFile: string;
}

/** What is drawn by, besides the files. */
export interface GraphRequest extends GraphOptions {
  readonly links: readonly Link[];
}

/** `files`: workspace-relative paths of all manifests, project.json and package.json files. What it gives depends on these, the request and what `readText` answers alone. */
export function drawGraph(files: readonly string[], request: GraphRequest, readText: ReadText): DrawnGraph {
  const { names } = request;
  const workspace = workspacePackages(files, readText, request);
  const { packages } = workspace.discovery;
  const manifests = new Map(packages.map((pkg) => [pkg.path, pkg.manifest]));
  return {
    nodes: [
      ...packages.map((pkg) => [pkg.manifest, { projects: { [pkg.path]: projectOf(pkg, workspace, names) } }] as const),
      ...brokenProjects(workspace, names),
    ],
    edges: allEdges(workspace).flatMap(({ path, to }) => {
      const target = workspace.graph.packages.get(to)?.path;
      const sourceFile = manifests.get(path);
      return target === undefined || sourceFile === undefined ? [] : [{ from: path, to: target, sourceFile }];
    }),
  };
}

function projectOf(pkg: PythonPackage, workspace: WorkspacePackages, names: TargetNames): ProjectConfiguration {
  const metadata = {
    technologies: ['python'],
    ...(pkg.description === null ? {} : { description: pkg.description }),
    python: { package: pkg.name, version: versionText(pkg), backend: pkg.backend, dialect: pkg.dialect },
  };
  return {
    root: pkg.path,
    name: workspace.projects.get(pkg.path) ?? pkg.normalizedName,
    projectType: 'library',
    targets: targetsOf(pkg, workspace, names),
    // `nx release` versions this project by PEP 440; where versions come from is the workspace's to say.
    release: { version: { versionActions: 'nx-pypi/version-actions' } },
    metadata,
  };
}

function versionText(pkg: PythonPackage): string | null {
  return pkg.version.kind === 'static' || pkg.version.kind === 'file' ? pkg.version.text : null;
}

/** A manifest that can't be read still has a publish target: it fails with the reason instead of being passed over. */
function brokenProjects(workspace: WorkspacePackages, names: TargetNames): CreateNodesResultArray {
  if (names.publish === false) return [];
  const taken = new Set(workspace.discovery.packages.map((pkg) => pkg.path));
  const target = names.publish;
  return workspace.discovery.problems.flatMap((problem) => {
    const file = manifestOf(problem);
    if (file === null || taken.has(folderOf(file))) return [];
    taken.add(folderOf(file));
    const root = folderOf(file);
    const project: ProjectConfiguration = {
      root,
      name: brokenProjectName(root),
      targets: {
        [target]: {
          executor: 'nx-pypi:publish',
          cache: false,
          inputs: [`{workspaceRoot}/${file}`],
          metadata: { technologies: ['python'], description: `Can't be published: ${problem.message}` },
        },
      },
      metadata: { technologies: ['python'] },
    };
    return [[file, { projects: { [root]: project } }] as const];
  });
}

/** The manifest that a problem is about; null for what is not meant to be a package: templates and empty files. */
function manifestOf(problem: Problem): string | null {
  if (problem.where === undefined || HARMLESS.has(problem.code)) return null;
  return problem.where.replace(/(:\d+)+$/, '');
}

const HARMLESS: ReadonlySet<string> = new Set(['NXPYPI_TEMPLATE', 'NXPYPI_EMPTY_MANIFEST']);

function folderOf(file: string): string {
  const slash = file.lastIndexOf('/');
  return slash < 0 ? '.' : file.slice(0, slash);
}
