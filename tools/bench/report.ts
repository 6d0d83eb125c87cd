import { growthExponent, sortingExponent } from './growth/exponent.ts';
import type { Summary } from './statistics.ts';

export interface RowReport {
  readonly name: string;
  readonly question: string;
  readonly growth: boolean;
  /** When and on what it was measured: processors, memory, Node's version, and the machine's load when the row began. */
  readonly measured?: { readonly date: string; readonly machine: string; readonly load: number };
  readonly summaries: readonly Summary[];
}

/** A table for people: times in milliseconds, whole; ratios with two digits after the point. */
export function renderRow({ name, question, growth, summaries }: RowReport): string {
  const head = ['side', 'median ms', 'fastest', 'slowest', 'ratio', 'CPU ms', 'ratio', 'rounds', 'outcome'];
  const body = summaries.map((one) => [
    one.side,
    one.median.toFixed(0),
    one.fastest.toFixed(0),
    one.slowest.toFixed(0),
    one.ratio.toFixed(2),
    one.cpu.toFixed(0),
    one.cpuRatio.toFixed(2),
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
  return [`${name}: ${question}`, ...lines.map((line) => `  ${line}`), ...(growth ? [growthLine(summaries)] : [])].join(
    '\n',
  );
}

/** Sides of a row that grows are named by their size. */
export function growthLine(summaries: readonly Summary[]): string {
  const points = summaries.map(({ side, cpu }) => ({ size: Number.parseInt(side, 10), cost: cpu }));
  const [own, most] = [growthExponent(points), sortingExponent(points)];
  return `  CPU grows with the number of packages to the power of ${own.toFixed(2)}; n·log n would be ${most.toFixed(2)}`;
}

function isText(column: number): boolean {
  return column === 0 || column === 8;
}
