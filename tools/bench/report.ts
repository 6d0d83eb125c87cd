import { growthExponent, sortingExponent } from './growth/exponent.ts';
import type { Summary } from './statistics.ts';

export interface RowReport {
  readonly name: string;
  readonly question: string;
  readonly growth: boolean;
  /** What bounds a row that grows, in the end. */
  readonly limit?: string;
  readonly measured?: Circumstances;
  readonly summaries: readonly Summary[];
}

/** When, on what and of what a row was measured. */
export interface Circumstances {
  readonly date: string;
  /** Processors, memory, versions of Node and Python. */
  readonly machine: string;
  /** The machine's load when the row began: above zero, somebody else was there. */
  readonly load: number;
  /** A digest of the measured product. */
  readonly product: string;
  /** What the row took, with its preparation. */
  readonly seconds: number;
}

export interface Column {
  readonly title: string;
  readonly text: boolean;
  readonly cell: (one: Summary) => string;
}

/** Times in milliseconds, whole; ratios with two digits after the point. */
export const columns: readonly Column[] = [
  { title: 'side', text: true, cell: ({ side }) => side },
  { title: 'median ms', text: false, cell: ({ median }) => median.toFixed(0) },
  { title: 'fastest', text: false, cell: ({ fastest }) => fastest.toFixed(0) },
  { title: 'slowest', text: false, cell: ({ slowest }) => slowest.toFixed(0) },
  { title: 'ratio', text: false, cell: ({ ratio }) => ratio.toFixed(2) },
  { title: 'CPU ms', text: false, cell: ({ cpu }) => cpu.toFixed(0) },
  { title: 'ratio', text: false, cell: ({ cpuRatio }) => cpuRatio.toFixed(2) },
  { title: 'MiB', text: false, cell: ({ memory }) => memory?.toFixed(0) ?? '' },
  { title: 'rounds', text: false, cell: ({ rounds }) => String(rounds) },
  { title: 'outcome', text: true, cell: ({ outcomes }) => outcomes.join(' | ') },
];

/** A table for people. */
export function renderRow({ name, question, growth, summaries }: RowReport): string {
  const filled = columns.map((column) => {
    const cells = [column.title, ...summaries.map((one) => column.cell(one))];
    const width = Math.max(...cells.map((cell) => cell.length));
    return cells.map((cell) => (column.text ? cell.padEnd(width) : cell.padStart(width)));
  });
  const lines = ['', ...summaries].map((_, line) => filled.map((cells) => cells[line] ?? '').join('  '));
  const last = growth ? [`  ${growthLine(summaries)}`] : [];
  return [`${name}: ${question}`, ...lines.map((line) => `  ${line.trimEnd()}`), ...last].join('\n');
}

/** Sides of a row that grows are named by their size. */
export function growthLine(summaries: readonly Summary[]): string {
  const { own, most } = growthOf(summaries);
  return `CPU grows with the number of packages to the power of ${own.toFixed(2)}; n·log n would be ${most.toFixed(2)}`;
}

/** The measured exponent of processor time, and that of n·log n between the same sizes. */
export function growthOf(summaries: readonly Summary[]): { readonly own: number; readonly most: number } {
  const points = summaries.map(({ side, cpu }) => ({ size: Number.parseInt(side, 10), cost: cpu }));
  return { own: growthExponent(points), most: sortingExponent(points) };
}
