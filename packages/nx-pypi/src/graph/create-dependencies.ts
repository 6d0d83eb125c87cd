import type { CreateDependencies, DependencyType, RawProjectGraphDependency } from '@nx/devkit';
import type { NxPypiOptions } from '../options.ts';
import { rememberedPackages } from './remembered-packages.ts';
import { allEdges } from './workspace-packages.ts';

/** The enum is a type import only: the plugin starts without loading @nx/devkit. */
const STATIC = 'static' as DependencyType.static;

/**
 * Static edges with the manifest that declares them. All edges are returned at every call, not those of changed files
 * alone: a renamed or added package changes where the unchanged declarations of others lead.
 */
export const createDependencies: CreateDependencies<NxPypiOptions> = (
  _options,
  context,
): RawProjectGraphDependency[] => {
  const workspace = rememberedPackages(context.workspaceRoot);
  if (workspace === null) return [];
  const known = new Map(Object.entries(context.projects).map(([name, project]) => [project.root, name]));
  const manifests = new Map(workspace.discovery.packages.map((pkg) => [pkg.path, pkg.manifest]));
  return allEdges(workspace).flatMap((edge) => {
    const target = workspace.graph.packages.get(edge.to);
    const from = known.get(edge.path);
    const to = target === undefined ? undefined : known.get(target.path);
    const sourceFile = manifests.get(edge.path);
    if (from === undefined || to === undefined || from === to || sourceFile === undefined) return [];
    return [{ source: from, target: to, sourceFile, type: STATIC }];
  });
};
