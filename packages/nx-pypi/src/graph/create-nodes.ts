import type { CreateNodes, CreateNodesResultArray } from '@nx/devkit';
import type { NxPypiOptions } from '../options.ts';
import { readOptions } from '../options/read-options.ts';
import { knownGraph } from './known-graph.ts';
import { workspaceLinks } from './links.ts';
import { rememberEdges } from './remembered-edges.ts';

/**
 * A project per Python package. project.json and package.json are in the pattern since they name projects too: a name
 * that is taken must not be given twice. Never throws: what can't be read becomes a project that says so.
 */
export const createNodes: CreateNodes<NxPypiOptions> = [
  '**/{pyproject.toml,setup.cfg,setup.py,project.json,package.json}',
  async (files, options, context): Promise<CreateNodesResultArray> => {
    const links = await workspaceLinks(context.workspaceRoot);
    const { nodes, edges } = knownGraph(context.workspaceRoot, files, { ...readOptions(options ?? {}), links });
    rememberEdges(context.workspaceRoot, edges);
    return nodes;
  },
];
