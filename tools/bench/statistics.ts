import type { Sample } from './row.ts';

export interface Summary {
  readonly side: string;
  /** Wall-clock milliseconds. */
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  /** The median of the processor time, in milliseconds. */
  readonly cpu: number;
  /** The median divided by the first side's. */
  readonly ratio: number;
  /** The same for processor time. */
  readonly cpuRatio: number;
  /** The highest peak of all rounds, in MiB; null where it was not measured. */
  readonly memory: number | null;
  readonly rounds: number;
  /** Outcomes that differ between rounds are all here: they make the figure worthless. */
  readonly outcomes: readonly string[];
}

export interface Measured {
  readonly side: string;
  readonly samples: readonly Sample[];
}

/** Every side needs at least one sample. */
export function summarize(measured: readonly Measured[]): readonly Summary[] {
  const first = measured[0]?.samples ?? [];
  return measured.map(({ side, samples }) => {
    const times = samples.map(({ milliseconds }) => milliseconds);
    return {
      side,
      median: median(times),
      fastest: Math.min(...times),
      slowest: Math.max(...times),
      cpu: median(samples.map(({ cpu }) => cpu)),
      ratio: median(times) / median(first.map(({ milliseconds }) => milliseconds)),
      cpuRatio: median(samples.map(({ cpu }) => cpu)) / median(first.map(({ cpu }) => cpu)),
      memory: peak(samples),
      rounds: times.length,
      outcomes: [...new Set(samples.map(({ outcome }) => outcome))],
    };
  });
}

function peak(samples: readonly Sample[]): number | null {
  const known = samples.flatMap(({ memory }) => memory ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

/** The middle value; of an even number, the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
