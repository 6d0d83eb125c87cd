import { growthLine, type RowReport } from './report.ts';

/** The kept figures as tables for docs/benchmarks.md. */
export function renderMarkdown(reports: readonly RowReport[]): string {
  return reports.map((report) => section(report)).join('\n');
}

function section({ name, question, growth, measured, summaries }: RowReport): string {
  const lines = summaries.map((one) => {
    const figures = [one.median, one.fastest, one.slowest].map((value) => value.toFixed(0));
    const processor = [one.cpu.toFixed(0), one.cpuRatio.toFixed(2)];
    return `| ${[one.side, ...figures, one.ratio.toFixed(2), ...processor, one.rounds, one.outcomes.join('; ')].join(' | ')} |`;
  });
  return [
    `### ${name}`,
    '',
    `${question}.${measured === undefined ? '' : ` Load when it began: ${measured.load.toFixed(1)}.`}`,
    '',
    '| side | median ms | fastest | slowest | ratio | CPU ms | ratio | rounds | outcome |',
    '|---|--:|--:|--:|--:|--:|--:|--:|---|',
    ...lines,
    '',
    ...(growth ? [`${growthLine(summaries).trim()}.`, ''] : []),
  ].join('\n');
}
