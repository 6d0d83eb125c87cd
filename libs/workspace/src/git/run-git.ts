import type { CommandResult, Environment } from '../commands/command.ts';
import { runCommand } from '../commands/run-command.ts';

/** Set by git for its hooks: they would redirect our commands to another repository (git(1), "Environment Variables"). */
const REPOSITORY_VARIABLES: ReadonlySet<string> = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
]);

/** Credentials for package indexes: none of git's business (rule H2). */
const INDEX_CREDENTIALS = /^(?:NX_PYPI|UV_PUBLISH|UV_INDEX|TWINE|POETRY)_/;
/** What CI signs in with; a fetch needs it where git's credential helper reads it (GitLab Runner, `FF_GIT_URLS_WITHOUT_TOKENS`). */
const CI_CREDENTIALS = /^CI_\w*(?:TOKEN|PASSWORD)$/;

/** Runs git in a folder: no prompt, English messages, no optional locks. */
export function runGit(
  root: string,
  args: readonly string[],
  options: { readonly env?: Environment; readonly timeoutSeconds?: number } = {},
): Promise<CommandResult> {
  const online = args[0] === 'fetch' || args[0] === 'push';
  const env = Object.fromEntries(
    Object.entries(options.env ?? process.env).filter(
      ([name]) =>
        !REPOSITORY_VARIABLES.has(name) && !INDEX_CREDENTIALS.test(name) && (online || !CI_CREDENTIALS.test(name)),
    ),
  );
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
