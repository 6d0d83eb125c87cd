import type { Sample } from './row.ts';

export interface Summary {
  readonly side: string;
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  /** The median divided by the first side's. */
  readonly ratio: number;
  readonly rounds: number;
  /** Outcomes that differ between rounds are all here: they make the figure worthless. */
  readonly outcomes: readonly string[];
}

export interface Measured {
  readonly side: string;
  readonly samples: readonly Sample[];
}

/** Every side needs at least one sample. Times in milliseconds. */
export function summarize(measured: readonly Measured[]): readonly Summary[] {
  const reference = median((measured[0]?.samples ?? []).map(({ milliseconds }) => milliseconds));
  return measured.map(({ side, samples }) => {
    const times = samples.map(({ milliseconds }) => milliseconds);
    const middle = median(times);
    return {
      side,
      median: middle,
      fastest: Math.min(...times),
      slowest: Math.max(...times),
      ratio: middle / reference,
      rounds: times.length,
      outcomes: [...new Set(samples.map(({ outcome }) => outcome))],
    };
  });
}

/** The middle value; of an even number, the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
