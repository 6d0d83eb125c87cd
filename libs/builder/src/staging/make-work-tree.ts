import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import { runCommand, type Environment } from '@nx-pypi/workspace';

/** hatchling looks upwards for ignore files until a folder has `.git`; git itself takes an empty one for nothing. */
export async function markBoundary(stage: string): Promise<void> {
  await mkdir(join(stage, '.git'), { recursive: true });
}

/**
 * Makes the stage a git work tree of one commit that holds `tracked`: plugins of setuptools list files with `git archive HEAD`
 * and `git ls-files`. No history, no tags, no remote.
 */
export async function makeWorkTree(
  stage: string,
  tracked: readonly string[],
  env: Environment,
): Promise<Problem | null> {
  const identity = {
    GIT_AUTHOR_NAME: 'stage',
    GIT_AUTHOR_EMAIL: 'stage@localhost',
    GIT_AUTHOR_DATE: '1580601600 +0000',
  };
  const committer = {
    GIT_COMMITTER_NAME: 'stage',
    GIT_COMMITTER_EMAIL: 'stage@localhost',
    GIT_COMMITTER_DATE: '1580601600 +0000',
  };
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')));
  const options = { cwd: stage, env: { ...own, ...identity, ...committer, GIT_CONFIG_NOSYSTEM: '1' } };
  const steps: readonly { readonly args: readonly string[]; readonly input?: string }[] = [
    { args: ['init', '--quiet', '--initial-branch=stage'] },
    { args: ['-c', 'core.autocrlf=false', 'update-index', '--add', '-z', '--stdin'], input: tracked.join('\0') },
    { args: ['-c', 'commit.gpgSign=false', 'commit', '--quiet', '--no-verify', '--allow-empty', '-m', 'stage'] },
  ];
  for (const { args, input } of steps) {
    const result = await runCommand('git', args, { ...options, ...(input === undefined ? {} : { input }) });
    if (!result.ok) return noWorkTree(result.stderr);
  }
  return null;
}

function noWorkTree(stderr: string): Problem {
  return {
    code: 'NXPYPI_STAGE_GIT',
    message: `The stage of a package whose backend asks git could not be made a work tree: ${stderr.trim().split('\n')[0] ?? ''}.`,
    hint: 'Install git 2.28 or newer in the job.',
  };
}
