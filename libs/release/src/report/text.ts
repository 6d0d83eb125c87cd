import { problemsAfter, type PackageOutcome, type ReleaseReport } from '../model/outcome.ts';
import { describeOutcome, describeProblem } from './describe-outcome.ts';

const GROUPS: readonly (readonly [PackageOutcome['kind'], string])[] = [
  ['published', 'published'],
  ['planned', 'would be published'],
  ['unchanged', 'up to date'],
  ['skipped', 'skipped'],
  ['failed', 'failed'],
];

/** The end of a run as lines: counts first, then one line per package that is not simply up to date, then the problems. */
export function reportLines(report: ReleaseReport): readonly string[] {
  const lines = [summary(report)];
  const width = Math.max(0, ...report.results.map((result) => result.name.length));
  for (const [kind] of GROUPS) {
    if (kind === 'unchanged') continue;
    for (const result of report.results.filter((candidate) => candidate.outcome.kind === kind)) {
      lines.push(`  ${result.name.padEnd(width)}  ${describeOutcome(result.outcome)}`);
    }
  }
  for (const problem of problemsOf(report)) lines.push('', ...describeProblem(problem));
  return lines;
}

/** How many packages came to what, in one line. */
export function summary(report: ReleaseReport): string {
  const counts = GROUPS.map(([kind, label]) => ({
    label,
    count: report.results.filter((result) => result.outcome.kind === kind).length,
  }));
  const told = counts.filter((entry) => entry.count > 0).map((entry) => `${entry.count} ${entry.label}`);
  const total = `${report.results.length} ${report.results.length === 1 ? 'package' : 'packages'}`;
  return `${report.dryRun ? 'Dry run, nothing was written: ' : ''}${total}${told.length > 0 ? `: ${told.join(', ')}` : ''}`;
}

/** Every problem of a run once, the run's own first. */
export function problemsOf(report: ReleaseReport): ReleaseReport['problems'] {
  const all = [...report.problems, ...report.results.flatMap(({ outcome }) => problemsAfter(outcome))];
  const seen = new Set<string>();
  return all.filter((problem) => {
    const key = `${problem.code}\n${problem.message}\n${problem.where ?? ''}`;
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}
