import type { DrawnEdge } from './draw-graph.ts';

/**
 * Nx calls createNodes and then createDependencies in one process, without a way to hand a value over. Kept per
 * workspace and replaced by every createNodes, so the daemon never sees old ones.
 */
const remembered = new Map<string, readonly DrawnEdge[]>();

export function rememberEdges(root: string, edges: readonly DrawnEdge[]): void {
  remembered.set(root, edges);
}

export function rememberedEdges(root: string): readonly DrawnEdge[] {
  return remembered.get(root) ?? [];
}
