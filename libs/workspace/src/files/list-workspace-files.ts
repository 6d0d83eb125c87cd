import { listKnownFiles } from '../git/list-files.ts';
import { walkFiles } from './walk-files.ts';

/**
 * Files of a workspace, relative with `/`, sorted: in git the tracked ones and the untracked ones that are not ignored
 * (submodules included), elsewhere all but the usual caches. A tracked file that was deleted is listed: who opens it finds out.
 * Symlinks are listed, never followed.
 */
export async function listWorkspaceFiles(root: string): Promise<readonly string[]> {
  return (await listKnownFiles(root)) ?? (await walkFiles(root));
}
