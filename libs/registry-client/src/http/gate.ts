import { setTimeout as wait } from 'node:timers/promises';
import type { AnnouncedRate } from './announced-rate.ts';

/** When requests may start: not while the server asked for a pause, and no more in a window than it announced. */
export interface Gate {
  /** Resolves when one request may start, and counts it. */
  pass(): Promise<void>;
  /** Nothing starts for this long; a longer pause that is already on stays. */
  pause(ms: number): void;
  /**
   * Takes what the server announced with an answer, null for nothing: some do so only when they refuse (GitLab), and then the next
   * window is unlimited until the next refusal. `running` requests may not be counted in the answer yet.
   */
  heed(rate: AnnouncedRate | null, running: number): void;
}

/** `until` is Infinity before the window's first answer: so many as in the last one may start. */
const UNLIMITED = { limit: Infinity, left: Infinity, until: Infinity };
const longestWaitMs = 20;

export function createGate(): Gate {
  let closedUntil = 0;
  let window = UNLIMITED;

  /** Counts a request; the window may have ended meanwhile. */
  function take(): boolean {
    if (Date.now() >= window.until) window = { ...window, left: window.limit, until: Infinity };
    if (window.left <= 0) return false;
    window = { ...window, left: window.left - 1 };
    return true;
  }

  return {
    async pass() {
      for (;;) {
        const left = closedUntil - Date.now();
        if (left > 0) await wait(left);
        else if (take()) return;
        else await wait(Math.max(1, Math.min(longestWaitMs, window.until - Date.now())));
      }
    },
    pause(ms) {
      closedUntil = Math.max(closedUntil, Date.now() + ms);
    },
    heed(rate, running) {
      if (rate === null) {
        if (window.until === Infinity) window = UNLIMITED;
        return;
      }
      const { limit: most, remaining, resetMs } = rate;
      const left = Math.max(0, remaining - running);
      const fresh = window.until === Infinity;
      window = { limit: most, left: fresh ? left : Math.min(window.left, left), until: Date.now() + resetMs };
    },
  };
}
