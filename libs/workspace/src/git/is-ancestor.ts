import type { Found } from '@nx-pypi/release';
import type { Environment } from '../commands/command.ts';
import { runGit } from './run-git.ts';

/** `git merge-base --is-ancestor`: 0 yes, 1 no, anything else an error such as an unknown commit (git-merge-base(1)). */
type Answer = 'yes' | 'no' | 'cannot-tell';

/**
 * Whether `ancestor` is `descendant` or lies in its history (rule C6). Where the clone is too shallow to tell, missing
 * commits are fetched from origin without trees and blobs; a clone that still cannot tell is NXPYPI_STALE_CHECKOUT.
 */
export async function isAncestor(
  root: string,
  ancestor: string,
  descendant: string,
  env: Environment = process.env,
): Promise<Found<boolean>> {
  const local = await ask(root, ancestor, descendant, env);
  if (local !== 'cannot-tell') return { kind: 'found', value: local === 'yes' };
  await fetchCommits(root, [ancestor, descendant], env);
  const fetched = await ask(root, ancestor, descendant, env);
  if (fetched !== 'cannot-tell') return { kind: 'found', value: fetched === 'yes' };
  return {
    kind: 'problem',
    problem: {
      code: 'NXPYPI_STALE_CHECKOUT',
      message: `This clone does not tell whether ${ancestor} is an ancestor of ${descendant}, and origin did not give the missing commits.`,
      hint: 'Run `git fetch --filter=tree:0 --unshallow origin` before the release, or set GIT_DEPTH to 0 in CI.',
      where: root,
    },
  };
}

async function ask(root: string, ancestor: string, descendant: string, env: Environment): Promise<Answer> {
  const answer = await runGit(root, ['merge-base', '--is-ancestor', ancestor, descendant], { env });
  if (answer.end.kind !== 'exited') return 'cannot-tell';
  if (answer.end.code === 0) return 'yes';
  return answer.end.code === 1 && !(await isShallow(root, env)) ? 'no' : 'cannot-tell';
}

async function isShallow(root: string, env: Environment): Promise<boolean> {
  const answer = await runGit(root, ['rev-parse', '--is-shallow-repository'], { env });
  return answer.stdout.trim() !== 'false';
}

async function fetchCommits(root: string, revisions: readonly string[], env: Environment): Promise<void> {
  const fetch = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--filter=tree:0'];
  if (await isShallow(root, env)) await runGit(root, [...fetch, '--unshallow', 'origin'], { env });
  for (const revision of revisions) {
    const present = await runGit(root, ['cat-file', '-e', `${revision}^{commit}`], { env });
    if (!present.ok) await runGit(root, [...fetch, 'origin', revision], { env });
  }
}
