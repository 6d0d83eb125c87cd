import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';

/** One gate for all requests of a client: so many at once, and none while the server asked for a pause. */
export interface Limiter {
  run<T>(task: () => Promise<T>): Promise<T>;
  /** Nothing starts for this long; a longer pause that is already on stays. */
  pause(ms: number): void;
}

export function createLimiter(concurrency: number): Limiter {
  const limit = pLimit(concurrency);
  let closedUntil = 0;

  async function opened(): Promise<void> {
    for (let left = closedUntil - Date.now(); left > 0; left = closedUntil - Date.now()) await wait(left);
  }

  return {
    run: (task) =>
      limit(async () => {
        await opened();
        return task();
      }),
    pause(ms) {
      closedUntil = Math.max(closedUntil, Date.now() + ms);
    },
  };
}
