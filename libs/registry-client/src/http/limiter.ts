import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { AnnouncedRate } from './announced-rate.ts';

/**
 * One gate for all requests of a client: so many at once, none while the server asked for a pause, and no more in a window
 * than the server announced. The first request goes alone, since its answer may announce a rate.
 */
export interface Limiter {
  run<T>(task: () => Promise<T>): Promise<T>;
  /** Nothing starts for this long; a longer pause that is already on stays. */
  pause(ms: number): void;
  /** Takes what the server announced with an answer. */
  heed(rate: AnnouncedRate): void;
}

/** The first answer is not waited for longer than this. */
const firstAnswerMs = 2000;

export function createLimiter(concurrency: number): Limiter {
  const limit = pLimit(concurrency);
  let closedUntil = 0;
  let running = 0;
  let first: Promise<unknown> | null = null;
  let window = { limit: Infinity, left: Infinity, until: Infinity };

  /** Counts a request; the window may have ended meanwhile. */
  function take(): boolean {
    if (Date.now() >= window.until) window = { ...window, left: window.limit, until: Infinity };
    if (window.left <= 0) return false;
    window = { ...window, left: window.left - 1 };
    return true;
  }

  async function opened(): Promise<void> {
    for (;;) {
      const left = closedUntil - Date.now();
      if (left > 0) await wait(left);
      else if (take()) return;
      else await wait(Math.max(1, window.until - Date.now()));
    }
  }

  async function begin<T>(task: () => Promise<T>): Promise<T> {
    await opened();
    running += 1;
    try {
      return await task();
    } finally {
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
    pause(ms) {
      closedUntil = Math.max(closedUntil, Date.now() + ms);
    },
    heed({ limit: most, remaining, resetMs }) {
      // Requests that are under way may not be counted yet.
      const left = Math.max(0, remaining - Math.max(0, running - 1));
      const fresh = window.until === Infinity;
      window = { limit: most, left: fresh ? left : Math.min(window.left, left), until: Date.now() + resetMs };
    },
  };
}
