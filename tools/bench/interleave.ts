import type { Sample, Side } from './row.ts';
import type { Measured } from './statistics.ts';

export interface Effort {
  readonly rounds: number;
  /** No round begins that would not end within so many seconds, if it takes as long as those before it; the first one always runs. */
  readonly seconds: number;
}

/**
 * Asks every side once per round, one after another, so that a machine that slows down does so for all of them; every other round
 * goes backwards, so that nobody always runs in the wake of the same neighbour.
 */
export async function interleave(sides: readonly Side[], { rounds, seconds }: Effort): Promise<readonly Measured[]> {
  const samples = new Map<Side, Sample[]>(sides.map((side) => [side, []]));
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    const spent = (performance.now() - start) / 1000;
    if (round > 0 && spent + spent / round > seconds) break;
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      samples.get(side)?.push(await side.measure());
    }
  }
  return sides.map((side) => ({ side: side.name, samples: samples.get(side) ?? [] }));
}
