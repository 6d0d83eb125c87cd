import { renderSection, tableLine } from '../markdown.ts';
import { growthOf, type RowReport } from '../report.ts';
import { type Goal, judge } from './goal.ts';

export interface DocumentInput {
  readonly reports: readonly RowReport[];
  readonly goals: readonly Goal[];
  /** Names and versions of the tools that were measured beside this one. */
  readonly peers: Readonly<Record<string, string>>;
}

/** docs/benchmarks.md: the goals beside what was measured, the growth of the stages, and every row. */
export function renderDocument({ reports, goals, peers }: DocumentInput): string {
  return [
    '# Benchmarks',
    '',
    '`npm run bench` measures the same work for nx-pypi and for the tools that people use, interleaved and several times.',
    'CPU is the processor time of a process and of all that it waited for; it says more than the clock on a machine that has',
    'other work. `npm run bench -- --write-docs` wrote this page.',
    '',
    ...circumstances(reports),
    `Beside: ${Object.entries(peers)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
    '',
    '## Goals',
    '',
    tableLine(['stage', 'goal', 'measured', 'met']),
    '|---|---|--:|---|',
    ...goals.map((goal) => goalLine(goal, reports)),
    '',
    ...growthSection(reports.filter(({ growth }) => growth)),
    'Where the time goes, and what was tried, is in [decision 0013](decisions/0013-where-the-time-goes.md).',
    '',
    '## Rows',
    '',
    'Ratios divide by the first side. An outcome that differs between sides or rounds makes their figures worthless.',
    '',
    reports.map((report) => renderSection(report)).join('\n'),
  ].join('\n');
}

/** One line if all rows were measured on one machine, with its dates and loads. */
function circumstances(reports: readonly RowReport[]): readonly string[] {
  const all = reports.flatMap(({ measured }) => measured ?? []);
  const machines = [...new Set(all.map(({ machine }) => machine))];
  const days = [...new Set(all.map(({ date }) => date.slice(0, 10)))].toSorted();
  const loads = all.map(({ load }) => load);
  if (all.length === 0) return [];
  const range = `${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`;
  return [`Measured: ${days.join(', ')}; ${machines.join('; ')}; load when a row began: ${range}.`, ''];
}

function goalLine(goal: Goal, reports: readonly RowReport[]): string {
  const judgement = judge(goal, reports);
  const met = judgement === null ? '' : judgement.met ? 'yes' : '**no**';
  return tableLine([goal.stage, goal.promise, judgement?.reached ?? 'not measured', met]);
}

function growthSection(reports: readonly RowReport[]): readonly string[] {
  return [
    '## Growth',
    '',
    'Every stage at several sizes; the exponent is the slope of the larger half, on doubly logarithmic axes. "Busy" is processor',
    'time by the clock: at 100 % one processor has no rest, and faster would have to mean less work.',
    '',
    '![Processor time by the number of packages](benchmarks/growth.svg)',
    '',
    tableLine(['row', 'packages', 'grows with', 'n·log n', 'at the largest', 'busy', 'bounded by']),
    '|---|---|--:|--:|--:|--:|---|',
    ...reports.map(growthLine),
    '',
  ];
}

function growthLine({ name, summaries, limit = '' }: RowReport): string {
  const { own, most } = growthOf(summaries);
  const largest = summaries.at(-1);
  const seconds = `${((largest?.cpu ?? 0) / 1000).toFixed(2)} s`;
  const busy = `${(((largest?.cpu ?? 0) / (largest?.median ?? 1)) * 100).toFixed(0)} %`;
  const sizes = `${summaries[0]?.side ?? ''} to ${largest?.side ?? ''}`;
  return tableLine([name, sizes, `n^${own.toFixed(2)}`, `n^${most.toFixed(2)}`, seconds, busy, limit]);
}
