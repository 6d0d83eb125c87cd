import type { Problem } from '@nx-pypi/manifests';
import type { CommandResult, Environment } from '../commands/command.ts';
import { runGit } from './run-git.ts';

/** Creates a branch at HEAD and switches to it; what differs in the work tree comes along. Null when it worked. */
export async function startBranch(root: string, name: string, env: Environment): Promise<Problem | null> {
  const result = await runGit(root, ['switch', '--quiet', '--create', name], { env });
  return result.ok ? null : refused(`git could not start the branch ${name}`, result, 'choose another name');
}

/** Commits these files, and nothing else that is staged or changed. Hooks run. Null when it worked. */
export async function commitFiles(
  root: string,
  files: readonly string[],
  message: string,
  env: Environment,
): Promise<Problem | null> {
  const hint = 'the files are written; commit them by hand (git config user.name and user.email tell git who commits)';
  const added = await runGit(root, ['add', '--', ...files], { env });
  if (!added.ok) return refused('git could not add the files', added, hint);
  const result = await runGit(root, ['commit', '--quiet', '--message', message, '--only', '--', ...files], { env });
  return result.ok ? null : refused('git could not commit the files', result, hint);
}

function refused(what: string, result: CommandResult, hint: string): Problem {
  const said = result.stderr.trim().split('\n').at(-1) ?? '';
  return { code: 'NXPYPI_GIT_FAILED', message: `${what}: ${said === '' ? result.end.kind : said}`, hint };
}
