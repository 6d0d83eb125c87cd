import type { Problem } from '@nx-pypi/manifests';
import { levelOfCommits, levelStep, type Step, type VersionPolicy } from '@nx-pypi/release';
import type { baselineCommits } from './baseline-commits.ts';

export interface AutoSteps {
  readonly versions: VersionPolicy;
  readonly problems: readonly Problem[];
}

/** The policy with `auto` replaced by the level of each package's commits; a history that does not tell is a problem. */
export async function autoSteps(
  versions: VersionPolicy,
  names: Iterable<string>,
  commitsOf: ReturnType<typeof baselineCommits>,
): Promise<AutoSteps> {
  const levels = new Map<string, Step>();
  const problems: Problem[] = [];
  for (const [name, step] of versions.levels) if (step.kind !== 'auto') levels.set(name, step);
  for (const name of names) {
    if ((versions.levels.get(name) ?? versions.level)?.kind !== 'auto') continue;
    const found = await commitsOf(name);
    if (found.kind === 'problem') problems.push(found.problem);
    else if (found.value !== null)
      levels.set(name, levelStep(levelOfCommits(found.value.commits, found.value.baseline.version)));
  }
  const level = versions.level?.kind === 'auto' ? null : versions.level;
  return { versions: { ...versions, levels, level }, problems };
}
