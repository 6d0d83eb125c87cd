/** When and how often something is tried again; times in milliseconds. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attempts: number;
  readonly baseMs: number;
  readonly capMs: number;
  /** Longest `Retry-After` that is waited for. */
  readonly longestPauseMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { attempts: 5, baseMs: 400, capMs: 15_000, longestPauseMs: 120_000 };

const passing = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** Statuses of a server that may answer otherwise in a moment (RFC 9110; 52x: reverse proxies without an answer behind them). */
export function isPassing(status: number): boolean {
  return passing.has(status);
}

/**
 * Time before try `attempt + 1`: grows twofold up to the cap, and is spread so that parallel tries do not come back together.
 * @param attempt number of the try that failed, from 0
 * @param random from 0 to 1
 */
export function delayMs(policy: RetryPolicy, attempt: number, random: number): number {
  const full = Math.min(policy.capMs, policy.baseMs * 2 ** attempt);
  return full / 2 + (full / 2) * random;
}

/** What a `Retry-After` header asks for, in milliseconds from `now`; null where it asks nothing readable (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
