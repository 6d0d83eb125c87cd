import type { Tree } from '@nx/devkit';
import type { Problem } from '@nx-pypi/manifests';
import type { FileChange } from '@nx-pypi/release';
import { guardWrites, readWorkspaceText, unwritable, type WriteGuard } from '@nx-pypi/workspace';
import { problemText } from '../executors/publish/publish-run.ts';
import { readTree } from './tree-package.ts';

/** By workspace, while Nx has a tree of it to write. */
const guards = new Map<string, { readonly tree: Tree; readonly guard: WriteGuard }>();

/**
 * Keeps what Nx writes of a tree whole (rule E5): Nx itself writes file after file. Nx says nowhere that it begins, but it
 * asks for the list of changes right before. @throws Error where an earlier command left what can't be completed.
 */
export async function guardTree(tree: Tree): Promise<void> {
  const known = guards.get(tree.root);
  if (known?.tree === tree) return;
  await known?.guard.done();
  const opened = await guardWrites(tree.root);
  if (opened.kind === 'problem') throw new Error(problemText([opened.problem]));
  const list = tree.listChanges.bind(tree);
  tree.listChanges = () => {
    const changes = list();
    const updates = changes.filter(({ type }) => type !== 'DELETE').map(({ path }) => path);
    // Nx asks once more after it has written.
    if (guards.get(tree.root)?.tree === tree) opened.value.begin(changesOf(tree, updates));
    return changes;
  };
  guards.set(tree.root, { tree, guard: opened.value });
}

/** Nx has written the tree, or will not. */
export async function treeWritten(root: string): Promise<void> {
  const known = guards.get(root);
  guards.delete(root);
  await known?.guard.done();
}

/** What keeps Nx from writing files of the tree: those that are read-only, before the first is written. */
export function unwritableIn(tree: Tree, paths: readonly string[]): Promise<readonly Problem[]> {
  return unwritable(tree.root, changesOf(tree, paths));
}

function changesOf(tree: Tree, paths: readonly string[]): readonly FileChange[] {
  const [onDisk, inTree] = [readWorkspaceText(tree.root), readTree(tree)];
  return paths.flatMap((path) => {
    const after = inTree(path);
    return after === undefined ? [] : [{ path, before: onDisk(path) ?? null, after }];
  });
}
