import { describeOutcome, describeProblem, problemsAfter, type PackageResult } from '@nx-pypi/release';

/** What a person reads of one package: a line, and the problems with the build's last words where there are any. */
export function outcomeText(result: PackageResult): string {
  const { outcome } = result;
  const lines = [`${result.name}  ${describeOutcome(outcome)}`];
  for (const problem of problemsAfter(outcome)) lines.push('', ...describeProblem(problem));
  if (outcome.kind === 'failed') {
    if (outcome.log !== '') lines.push('', 'the build said, at its end:', ...lastLines(outcome.log, 20));
  }
  return `${lines.join('\n')}\n`;
}

function lastLines(log: string, count: number): readonly string[] {
  return log
    .trimEnd()
    .split('\n')
    .slice(-count)
    .map((line) => `  ${line}`);
}
