import type { WorkspacePackages } from './workspace-packages.ts';

/**
 * Nx calls createNodes and then createDependencies in one process, without a way to hand a value over. Kept per
 * workspace and replaced by every createNodes, so the daemon never sees an old one.
 */
const remembered = new Map<string, WorkspacePackages>();

export function rememberPackages(root: string, workspace: WorkspacePackages): void {
  remembered.set(root, workspace);
}

export function rememberedPackages(root: string): WorkspacePackages | null {
  return remembered.get(root) ?? null;
}
