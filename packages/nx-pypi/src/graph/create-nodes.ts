import type { CreateNodes, CreateNodesResultArray, ProjectConfiguration } from '@nx/devkit';
import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import type { NxPypiOptions } from '../options.ts';
import { readOptions } from '../options/read-options.ts';
import { brokenProjectName } from './project-names.ts';
import { rememberPackages } from './remembered-packages.ts';
import { targetsOf, type TargetNames } from './targets.ts';
import { workspacePackages, type WorkspacePackages } from './workspace-packages.ts';

/**
 * A project per Python package. project.json and package.json are in the pattern since they name projects too: a name
 * that is taken must not be given twice. Never throws: what can't be read becomes a project that says so.
 */
export const createNodes: CreateNodes<NxPypiOptions> = [
  '**/{pyproject.toml,setup.cfg,setup.py,project.json,package.json}',
  (files, options, context): CreateNodesResultArray => {
    const { publish, names } = readOptions(options ?? {});
    const workspace = workspacePackages(context.workspaceRoot, files, publish);
    rememberPackages(context.workspaceRoot, workspace);
    return [
      ...workspace.discovery.packages.map(
        (pkg) => [pkg.manifest, { projects: { [pkg.path]: projectOf(pkg, workspace, names) } }] as const,
      ),
      ...brokenProjects(workspace, names),
    ];
  },
];

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
