import type { TargetConfiguration } from '@nx/devkit';
import type { PythonPackage } from '@nx-pypi/manifests';
import type { NxPypiOptions } from '../options.ts';
import type { WorkspacePackages } from './workspace-packages.ts';

export interface TargetNames {
  readonly build: string | false;
  readonly publish: string | false;
  readonly releasePublish: string | false;
}

export function targetNames(options: NxPypiOptions): TargetNames {
  return {
    build: options.buildTargetName ?? 'build',
    publish: options.publishTargetName ?? 'publish',
    releasePublish: options.releasePublishTargetName ?? 'nx-release-publish',
  };
}

/** The targets of one package: `build` always, the publishing ones where rules A1 and A2 allow it. */
export function targetsOf(
  pkg: PythonPackage,
  workspace: WorkspacePackages,
  names: TargetNames,
): Record<string, TargetConfiguration> {
  const inputs = inputsOf(pkg, workspace);
  const targets: Record<string, TargetConfiguration> = {};
  if (names.build !== false) targets[names.build] = buildTarget(inputs);
  if (!workspace.publishable.has(pkg.normalizedName)) return targets;
  const needs = publishNeeds(pkg, workspace);
  if (names.publish !== false) {
    targets[names.publish] = {
      executor: 'nx-pypi:publish',
      cache: false,
      inputs,
      dependsOn: needs.length === 0 ? [] : [{ projects: needs, target: names.publish, params: 'forward' }],
      options: {},
      metadata: {
        technologies: ['python'],
        description: `Publish ${pkg.name} if it differs from its last version in the registry`,
        help: {
          command: `nx run ${workspace.projects.get(pkg.path) ?? pkg.normalizedName}:${names.publish} --help`,
          example: { options: { dryRun: true } },
        },
      },
    };
  }
  if (names.releasePublish !== false) {
    targets[names.releasePublish] = {
      executor: 'nx-pypi:publish',
      cache: false,
      inputs,
      dependsOn: needs.length === 0 ? [] : [{ projects: needs, target: names.releasePublish, params: 'forward' }],
      options: { versions: 'manifest' },
      metadata: {
        technologies: ['python'],
        description: `Publish the version that the manifest of ${pkg.name} names, unless the registry has it`,
      },
    };
  }
  return targets;
}

function buildTarget(inputs: NonNullable<TargetConfiguration['inputs']>): TargetConfiguration {
  return {
    executor: 'nx-pypi:build',
    cache: true,
    inputs,
    outputs: ['{projectRoot}/dist'],
    metadata: { technologies: ['python'], description: 'Build sdist and wheel into dist/' },
  };
}

/** Nx projects that are published first: along the gates, which hold no cycle (Nx refuses one). */
function publishNeeds(pkg: PythonPackage, workspace: WorkspacePackages): string[] {
  return (workspace.gating.waitsFor.get(pkg.normalizedName) ?? [])
    .filter((name) => workspace.publishable.has(name))
    .flatMap((name) => workspace.projectOf.get(name) ?? [])
    .toSorted();
}

/**
 * What makes the task affected: all files of the package and of what it needs, and the files outside its folder that
 * its manifest names or its symlinks lead to. Folders of nested packages belong to these (a file belongs to the innermost package).
 */
function inputsOf(pkg: PythonPackage, workspace: WorkspacePackages): NonNullable<TargetConfiguration['inputs']> {
  const nested = (workspace.nestedIn.get(pkg.path) ?? []).map((path) => `!{workspaceRoot}/${path}/**/*`);
  const read = pkg.files.filter((file) => pkg.path !== '.' && !file.startsWith(`${pkg.path}/`));
  const mentioned = [
    ...(pkg.outside ?? []).filter((path) => !workspace.projects.has(path)),
    ...(workspace.linkedOutside.get(pkg.path) ?? []),
  ];
  const outside = new Set([...read, ...mentioned, ...mentioned.map((path) => `${path}/**/*`)]);
  const files = [...outside].map((path) => `{workspaceRoot}/${path}`);
  return ['{projectRoot}/**/*', '!{projectRoot}/dist/**/*', ...nested, ...files, '^{projectRoot}/**/*'];
}
