import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { AnnouncedRate } from './announced-rate.ts';
import { createGate } from './gate.ts';
import { afterGood, afterStrain, fullPace } from './pace.ts';

/**
 * One gate for all requests of a client: so many at once, fewer while the server is strained, none while it asked for a pause,
 * and no more in a window than it announced. The first request goes alone, since its answer may announce a rate.
 */
export interface Limiter {
  /** `strained` is called where the answer, or its absence, tells that the server has too much to do. */
  run<T>(task: (strained: () => void) => Promise<T>): Promise<T>;
  /** Nothing starts for this long; a longer pause that is already on stays. */
  pause(ms: number): void;
  /** Takes what the server announced with an answer; null for nothing, or where no answer came. */
  heed(rate: AnnouncedRate | null): void;
}

/** The first answer is not waited for longer than this. */
const firstAnswerMs = 2000;

export function createLimiter(concurrency: number): Limiter {
  const limit = pLimit(concurrency);
  const gate = createGate();
  let pace = fullPace(concurrency);
  let running = 0;
  let first: Promise<unknown> | null = null;

  async function begin<T>(task: (strained: () => void) => Promise<T>): Promise<T> {
    await gate.pass();
    running += 1;
    const { era } = pace;
    const underWay = running;
    let strain = false;
    try {
      return await task(() => {
        strain = true;
      });
    } finally {
      pace = strain ? afterStrain(pace, { era, underWay: Math.max(underWay, running) }) : afterGood(pace);
      limit.concurrency = pace.allowed;
      running -= 1;
    }
  }

  return {
    run: async (task) =>
      limit(async () => {
        if (first !== null) {
          await first;
          return begin(task);
        }
        const mine = begin(task);
        const settled = mine.then(
          () => undefined,
          () => undefined,
        );
        first = Promise.race([settled, wait(firstAnswerMs, undefined, { ref: false })]);
        return mine;
      }),
    pause: (ms) => gate.pause(ms),
    heed: (rate) => gate.heed(rate, Math.max(0, running - 1)),
  };
}
