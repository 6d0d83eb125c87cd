import type { Problem } from '@nx-pypi/manifests';
import type { Checkout, Found } from '@nx-pypi/release';
import type { CommandResult, Environment } from '../commands/command.ts';
import { ciFacts } from './ci-variables.ts';
import { repositoryName } from './repository-name.ts';
import { isOutsideGit, runGit } from './run-git.ts';

/**
 * Where this checkout stands. Outside git, and before the first commit, `revision` is ''; `ref` is a branch's name, a full
 * `refs/…` for tags and merge requests, '' when the head is detached and CI does not tell.
 */
export async function readCheckout(root: string, env: Environment): Promise<Found<Checkout>> {
  const prefix = await runGit(root, ['rev-parse', '--show-prefix'], { env });
  const ci = ciFacts(env);
  if (isOutsideGit(prefix)) {
    const outside = { repository: '', revision: '', ref: ci.ref ?? '', pipeline: ci.pipeline, dirtyPaths: [] };
    return { kind: 'found', value: outside };
  }
  if (!prefix.ok) return { kind: 'problem', problem: gitFailed(root, prefix) };
  const [head, branch, remote, status] = await Promise.all([
    runGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { env }),
    runGit(root, ['symbolic-ref', '--quiet', '--short', 'HEAD'], { env }),
    runGit(root, ['config', '--get', 'remote.origin.url'], { env }),
    runGit(root, ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--', '.'], { env }),
  ]);
  if (!status.ok) return { kind: 'problem', problem: gitFailed(root, status) };
  return {
    kind: 'found',
    value: {
      repository: repositoryName(remote.stdout),
      revision: head.stdout.trim(),
      ref: ci.ref ?? branch.stdout.trim(),
      pipeline: ci.pipeline,
      dirtyPaths: dirtyPaths(status.stdout, prefix.stdout.trim()),
    },
  };
}

/** Entries of `git status --porcelain=v1 -z` are `XY <path>`, relative to the repository's top (git-status(1)). */
function dirtyPaths(status: string, prefix: string): readonly string[] {
  const entries = status.split('\0').filter((entry) => entry !== '');
  return entries.map((entry) => entry.slice(3 + prefix.length)).sort();
}

function gitFailed(root: string, result: CommandResult): Problem {
  const said = result.stderr.trim().split('\n')[0] ?? '';
  return {
    code: 'NXPYPI_GIT_FAILED',
    message: `git could not read this checkout: ${said === '' ? result.end.kind : said}.`,
    hint: /dubious ownership/.test(result.stderr)
      ? 'Run `git config --global --add safe.directory <workspace>` in the job: git refuses folders of another user.'
      : 'Run `git status` in the workspace and mend what it says.',
    where: root,
  };
}
