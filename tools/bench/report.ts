import type { Summary } from './statistics.ts';

/** A table for people: times in milliseconds, whole; ratios with two digits after the point. */
export function renderRow(name: string, question: string, summaries: readonly Summary[]): string {
  const head = ['side', 'median ms', 'fastest', 'slowest', 'ratio', 'rounds', 'outcome'];
  const body = summaries.map((one) => [
    one.side,
    one.median.toFixed(0),
    one.fastest.toFixed(0),
    one.slowest.toFixed(0),
    one.ratio.toFixed(2),
    String(one.rounds),
    one.outcomes.join(' | '),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  const lines = [head, ...body].map((cells) =>
    cells
      .map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return [`${name}: ${question}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function isText(column: number): boolean {
  return column === 0 || column === 6;
}
