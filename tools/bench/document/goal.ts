import { growthOf, type RowReport } from '../report.ts';
import type { Summary } from '../statistics.ts';

/** What the project promises itself, and where its measure stands. */
export interface Goal {
  readonly stage: string;
  /** One line: `3,000 packages cold, under 0.5 s of processor time`. */
  readonly promise: string;
  readonly figure: Figure;
}

/** Sides are named in full, or by how their names begin. */
export type Figure =
  | {
      readonly kind: 'below';
      readonly row: string;
      readonly side: string;
      readonly of: Measure;
      readonly limit: number;
    }
  | {
      readonly kind: 'times';
      readonly row: string;
      /** What is divided, and by what. */
      readonly side: string;
      readonly by: string;
      readonly of: Measure;
      readonly atLeast?: number;
      readonly atMost?: number;
    }
  | { readonly kind: 'growth'; readonly row: string };

/** Milliseconds of the clock or of the processor, or MiB. */
export type Measure = 'median' | 'cpu' | 'memory';

export interface Judgement {
  /** What was measured, for people: `0.48 s`, `17 times`. */
  readonly reached: string;
  readonly met: boolean;
}

/** Null: not measured. */
export function judge({ figure }: Goal, reports: readonly RowReport[]): Judgement | null {
  const report = reports.find(({ name }) => name === figure.row);
  if (report === undefined) return null;
  switch (figure.kind) {
    case 'below': {
      const value = valueOf(report, figure.side, figure.of);
      return value === null ? null : { reached: written(value, figure.of), met: value < figure.limit };
    }
    case 'times': {
      const [above, below] = [valueOf(report, figure.side, figure.of), valueOf(report, figure.by, figure.of)];
      if (above === null || below === null) return null;
      const times = above / below;
      const met = times >= (figure.atLeast ?? 0) && times <= (figure.atMost ?? Number.POSITIVE_INFINITY);
      return { reached: `${times.toFixed(times < 10 ? 2 : 1)} times`, met };
    }
    case 'growth': {
      const { own, most } = growthOf(report.summaries);
      return { reached: `n^${own.toFixed(2)}; n·log n: n^${most.toFixed(2)}`, met: own <= most };
    }
  }
}

function valueOf({ summaries }: RowReport, side: string, of: Measure): number | null {
  const found: Summary | undefined =
    summaries.find((one) => one.side === side) ?? summaries.find((one) => one.side.startsWith(side));
  return found?.[of] ?? null;
}

function written(value: number, of: Measure): string {
  if (of === 'memory') return `${value.toFixed(0)} MiB`;
  return value < 10_000 ? `${(value / 1000).toFixed(2)} s` : `${(value / 1000).toFixed(0)} s`;
}
