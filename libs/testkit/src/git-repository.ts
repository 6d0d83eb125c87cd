import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { type Tree, writeTree } from './write-tree.ts';

const run = promisify(execFile);

/** A git repository of a test: branch `main`, no remote, one author, one date. */
export interface Repository {
  readonly root: string;
  /** Runs git in `root`; resolves to its output without the final newline, rejects with git's message. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  /** Writes `tree`, if any, and commits everything that is not ignored. Resolves to the full commit id. */
  readonly commit: (message: string, tree?: Tree) => Promise<string>;
}

const COMMITTER = {
  NAME: 'Clara Conductor',
  EMAIL: 'clara@orchestra.example',
  DATE: '2024-01-01T12:00:00+00:00',
};

/**
 * Makes `root`, an existing folder, a git repository and commits what it holds.
 * The same content gives the same commit ids on every machine: no configuration of the machine or user is read.
 */
export async function gitRepository(root: string): Promise<Repository> {
  const git = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run('git', args, { cwd: root, env: environment(), maxBuffer: 64 * 1024 * 1024 });
    return stdout.replace(/\n$/, '');
  };
  const commit = async (message: string, tree: Tree = {}): Promise<string> => {
    await writeTree(root, tree);
    await git('add', '--all');
    await git('commit', '--quiet', '--allow-empty', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  await git('init', '--quiet', '--template=', '--initial-branch=main');
  await commit('Begin');
  return { root, git, commit };
}

/** Without the GIT_* variables of a surrounding git, which a hook that runs the tests would hand down. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const identity = Object.entries(COMMITTER).flatMap(([field, value]) => [
    [`GIT_AUTHOR_${field}`, value],
    [`GIT_COMMITTER_${field}`, value],
  ]);
  const offline = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  return { ...Object.fromEntries([...inherited, ...identity]), ...offline };
}
