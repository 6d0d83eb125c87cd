import type { Sample, Side } from './row.ts';
import type { Measured } from './statistics.ts';

/**
 * Asks every side once per round, one after another, so that a machine that slows down does so for all of them; every other round
 * goes backwards, so that nobody always runs in the wake of the same neighbour.
 */
export async function interleave(sides: readonly Side[], rounds: number): Promise<readonly Measured[]> {
  const samples = new Map<Side, Sample[]>(sides.map((side) => [side, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      samples.get(side)?.push(await side.measure());
    }
  }
  return sides.map((side) => ({ side: side.name, samples: samples.get(side) ?? [] }));
}
