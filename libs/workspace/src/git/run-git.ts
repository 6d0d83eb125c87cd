import type { CommandResult, Environment } from '../commands/command.ts';
import { runCommand } from '../commands/run-command.ts';

/** Set by git for its hooks: they would redirect our commands to another repository (git(1), "Environment Variables"). */
const REPOSITORY_VARIABLES = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
];

/** Runs git in a folder: no prompt, English messages, no optional locks. */
export function runGit(
  root: string,
  args: readonly string[],
  options: { readonly env?: Environment; readonly timeoutSeconds?: number } = {},
): Promise<CommandResult> {
  const env: Record<string, string | undefined> = { ...(options.env ?? process.env) };
  for (const name of REPOSITORY_VARIABLES) delete env[name];
  return runCommand('git', ['-c', 'core.quotePath=false', ...args], {
    cwd: root,
    env: { ...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' },
    maxOutputBytes: 512 * 1024 * 1024,
    timeoutSeconds: options.timeoutSeconds ?? 300,
  });
}

/** What git says outside of any work tree. */
export function isOutsideGit(result: CommandResult): boolean {
  if (result.end.kind === 'not-started') return true;
  return !result.ok && /not a git repository|must be run in a work tree/.test(result.stderr);
}
