import { join } from 'node:path';
import type { Row } from '../row.ts';
import { measuredScript } from '../run/measured-script.ts';

/** Decisions alone: the registry answers at once, and nothing is built. */
export const planGrowthRow: Row = {
  name: 'plan-growth',
  question: 'graph, detection and plan in memory by the number of packages, 1 % of them changed',
  rounds: 3,
  growth: true,
  prepare({ quick, folder }) {
    const sizes = quick ? [30, 60, 100] : [100, 300, 1000, 3000, 10_000];
    const script = join(import.meta.dirname, 'measure-plan.ts');
    const sides = sizes.map((size) => ({
      name: String(size),
      measure: () => measuredScript(script, [String(size)], folder),
    }));
    return Promise.resolve({ sides });
  },
};
