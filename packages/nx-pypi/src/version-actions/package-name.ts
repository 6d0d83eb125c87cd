import type { ProjectGraph } from '@nx/devkit';
import { normalizeName } from '@nx-pypi/standards';

/** The normalised name of the Python package of a project of Nx. */
export function packageName(graph: ProjectGraph, project: string): string {
  return normalizeName(pythonName(graph.nodes[project]?.data.metadata) ?? project);
}

/** As `createNodes` puts it into a project's metadata. */
export function pythonName(metadata: object | undefined): string | null {
  const python: unknown =
    metadata === undefined ? null : Object.entries(metadata).find(([key]) => key === 'python')?.[1];
  if (typeof python !== 'object' || python === null || !('package' in python)) return null;
  return typeof python.package === 'string' ? python.package : null;
}
