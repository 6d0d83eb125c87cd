import type { CreateDependencies, DependencyType, RawProjectGraphDependency } from '@nx/devkit';
import type { NxPypiOptions } from '../options.ts';
import { rememberedEdges } from './remembered-edges.ts';

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
  const known = new Map(Object.entries(context.projects).map(([name, project]) => [project.root, name]));
  return rememberedEdges(context.workspaceRoot).flatMap(({ from, to, sourceFile }) => {
    const source = known.get(from);
    const target = known.get(to);
    return source === undefined || target === undefined || source === target
      ? []
      : [{ source, target, sourceFile, type: STATIC }];
  });
};
