import type { Environment } from '../commands/command.ts';
import { runGit } from './run-git.ts';

/**
 * When a commit was made, ISO 8601 with its committer's zone; null where this clone does not hold it. Not by `git show`, which compares
 * the commit with its parent even where it prints nothing of it, and fails in a clone that lacks one of their files.
 */
export async function commitTime(root: string, revision: string, env: Environment): Promise<string | null> {
  if (!/^[0-9a-f]{7,64}$/i.test(revision)) return null;
  const logged = await runGit(root, ['log', '--max-count=1', '--format=%cI', `${revision}^{commit}`], { env });
  return logged.ok ? logged.stdout.trim() : null;
}
