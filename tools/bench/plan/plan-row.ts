import { join } from 'node:path';
import type { Row } from '../row.ts';
import { measuredScript } from '../run/measured-script.ts';

/** Decisions alone: the registry answers at once, and nothing is built. */
export const planGrowthRow: Row = memoryRow(
  'plan-growth',
  'measure-plan.ts',
  'graph, detection and plan in memory by the number of packages, 1 % of them changed',
);

/** What every package does, of what is known of each: releases, versions, ranges, stops. */
export const planRow: Row = memoryRow(
  'plan',
  'measure-plan.ts',
  'plan in memory by the number of packages, 1 % of them changed; what changed is known',
  ['alone'],
);

export const bumpGrowthRow: Row = memoryRow(
  'bump-growth',
  'measure-bump.ts',
  'major bump of all packages by their number, every range and every edit, in memory',
);

function memoryRow(name: string, file: string, question: string, words: readonly string[] = []): Row {
  const script = join(import.meta.dirname, file);
  return {
    name,
    question,
    rounds: 3,
    growth: true,
    limit: 'the processor',
    prepare({ quick, folder }) {
      const sizes = quick ? [30, 60, 100] : [100, 300, 1000, 3000, 10_000];
      const measure = (size: number) => () => measuredScript(script, [String(size), ...words], folder);
      return Promise.resolve({ sides: sizes.map((size) => ({ name: String(size), measure: measure(size) })) });
    },
  };
}
