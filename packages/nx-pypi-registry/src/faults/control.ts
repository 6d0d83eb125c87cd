import type { Effect, Fault, FaultPlan, RateLimit, RouteKind } from './fault.ts';

/** Arms and disarms faults while the registry runs. */
export interface FaultControl {
  readonly arm: (fault: Fault) => ArmedFault;
  /** Replaces the limit and starts a new window; null lifts it. */
  readonly limitRate: (limit: RateLimit | null) => void;
  /** Disarms everything, the rate limit too. */
  readonly clear: () => void;
  /** Faults that can still hit. */
  readonly armed: () => readonly ArmedFault[];
}

export interface ArmedFault {
  readonly fault: Fault;
  /** Requests hit so far. */
  readonly hits: () => number;
  readonly disarm: () => void;
}

/** What a request looks like to a fault. */
interface Arrival {
  readonly route: RouteKind | null;
  readonly method: string;
  readonly path: string;
}

/** An effect on one request. A stale read says itself whether it made a difference, and only then counts. */
export type Taken = Exclude<Effect, { readonly kind: 'stale' }> | StaleRead;

export interface StaleRead {
  readonly kind: 'stale';
  /** Files with a higher id are not to be shown. */
  readonly horizon: number;
  readonly spend: () => void;
}

export interface FaultBoard extends FaultControl {
  /** The effects that hit this request, in the order of their arming. Counts them as spent, except `stale`. */
  readonly take: (arrival: Arrival) => readonly Taken[];
  readonly rateLimit: () => RateLimit | null;
  /** Grows with each call of `limitRate` and `clear`. */
  readonly rateLimitEpoch: () => number;
}

interface Slot {
  readonly fault: Fault;
  readonly horizon: number;
  passed: number;
  hits: number;
}

/** `newestFile`: the id of the file stored last, which a stale page is not to go beyond. */
export function createFaultBoard(plan: FaultPlan, newestFile: () => number): FaultBoard {
  const slots = new Set<Slot>();
  let limit = plan.rateLimit ?? null;
  let epoch = 0;

  function arm(fault: Fault): ArmedFault {
    const slot: Slot = { fault, horizon: newestFile(), passed: 0, hits: 0 };
    slots.add(slot);
    return armed(slot);
  }
  function armed(slot: Slot): ArmedFault {
    return { fault: slot.fault, hits: () => slot.hits, disarm: () => slots.delete(slot) };
  }
  function spend(slot: Slot): void {
    slot.hits += 1;
    if (slot.hits >= (slot.fault.times ?? 1)) slots.delete(slot);
  }
  function hit(slot: Slot): Taken {
    if (slot.fault.effect.kind === 'stale') {
      return { kind: 'stale', horizon: slot.horizon, spend: () => spend(slot) };
    }
    spend(slot);
    return slot.fault.effect;
  }

  plan.faults?.forEach(arm);
  return {
    arm,
    limitRate: (next) => {
      limit = next;
      epoch += 1;
    },
    clear: () => {
      slots.clear();
      limit = null;
      epoch += 1;
    },
    armed: () => [...slots].map(armed),
    take: (arrival) =>
      [...slots].filter((slot) => fits(slot.fault, arrival) && ++slot.passed > (slot.fault.after ?? 0)).map(hit),
    rateLimit: () => limit,
    rateLimitEpoch: () => epoch,
  };
}

function fits(fault: Fault, arrival: Arrival): boolean {
  const { route, method, path } = fault.on ?? {};
  if (route !== undefined && route !== arrival.route) return false;
  if (method !== undefined && method.toUpperCase() !== arrival.method) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? arrival.path.includes(path) : arrival.path.search(path) >= 0;
}
