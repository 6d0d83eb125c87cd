import type { Environment } from '../commands/command.ts';
import { runGit } from './run-git.ts';

/** When a commit was made, ISO 8601 with its committer's zone; null where this clone does not hold it. */
export async function commitTime(root: string, revision: string, env: Environment): Promise<string | null> {
  if (!/^[0-9a-f]{7,64}$/i.test(revision)) return null;
  const shown = await runGit(root, ['show', '--no-patch', '--format=%cI', `${revision}^{commit}`], { env });
  return shown.ok ? shown.stdout.trim() : null;
}
