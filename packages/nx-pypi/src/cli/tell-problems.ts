import type { Problem } from '@nx-pypi/manifests';
import { describeProblem } from '@nx-pypi/release';
import type { Terminal } from './command.ts';

export function tellProblems(problems: readonly Problem[], { error }: Pick<Terminal, 'error'>): void {
  for (const line of problems.flatMap(describeProblem)) error(line);
}

/** Below a listing: each after an empty line. */
export function tellProblemsApart(problems: readonly Problem[], { error }: Pick<Terminal, 'error'>): void {
  for (const line of problems.flatMap((problem) => ['', ...describeProblem(problem)])) error(line);
}
