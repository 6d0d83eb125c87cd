import type { RateLimit } from './fault.ts';

/** One caller's use of the running window. */
export interface Usage {
  readonly observed: number;
  /** Until the window ends, rounded up. */
  readonly secondsLeft: number;
  readonly now: Date;
}

/** Counts requests per caller in fixed windows, as Rack::Attack does. */
export interface RateCounter {
  readonly count: (limit: RateLimit, caller: string, now: Date) => Usage;
}

/** A counter that has seen nothing. `epoch`: a change of it starts every window anew. */
export function createRateCounter(epoch: () => number): RateCounter {
  const counts = new Map<string, number>();
  let window = '';
  return {
    count: (limit, caller, now) => {
      const seconds = now.getTime() / 1000;
      const current = `${epoch()}:${Math.floor(seconds / limit.seconds)}`;
      if (current !== window) counts.clear();
      window = current;
      const observed = (counts.get(caller) ?? 0) + 1;
      counts.set(caller, observed);
      return { observed, secondsLeft: Math.ceil(limit.seconds - (seconds % limit.seconds)), now };
    },
  };
}

/** The headers of GitLab's throttled answers (`rack_attack.rb`). Times in seconds. */
export function throttleHeaders(limit: RateLimit, usage: Usage): Readonly<Record<string, string>> {
  const reset = Math.floor(usage.now.getTime() / 1000) + usage.secondsLeft;
  return {
    'RateLimit-Name': 'throttle_authenticated_packages_api',
    'RateLimit-Limit': String(limit.requests),
    'RateLimit-Observed': String(usage.observed),
    'RateLimit-Remaining': String(Math.max(0, limit.requests - usage.observed)),
    'RateLimit-Reset': String(reset),
    'RateLimit-ResetTime': new Date(reset * 1000).toUTCString(),
  };
}
