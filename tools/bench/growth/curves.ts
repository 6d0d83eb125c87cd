import type { RowReport } from '../report.ts';
import type { Curve } from './plot.ts';

/** The processor time of the rows that grow; their sides are named by their size. */
export function growthCurves(reports: readonly RowReport[]): readonly Curve[] {
  return reports
    .filter(({ growth }) => growth)
    .map(({ name, summaries }) => ({
      name,
      points: summaries.map(({ side, cpu }) => ({ size: Number.parseInt(side, 10), cost: cpu })),
    }));
}
