/**
 * How many requests may be under way at once, by what the server answered: halved when it is strained, one more after a run of
 * good answers, as TCP does with its window (RFC 5681, 3.1).
 */
export interface Pace {
  /** Never above this. */
  readonly most: number;
  /** From 1 to `most`. */
  readonly allowed: number;
  /** Good answers in a row since the last change. */
  readonly good: number;
  /** Grows with each cut. */
  readonly era: number;
}

/** Good answers after which one more is tried. @internal */
export const GOOD_RUN = 4;

export function fullPace(most: number): Pace {
  return { most, allowed: most, good: 0, era: 0 };
}

export function afterGood(pace: Pace): Pace {
  if (pace.allowed >= pace.most) return pace;
  const good = pace.good + 1;
  return good < GOOD_RUN ? { ...pace, good } : { ...pace, allowed: pace.allowed + 1, good: 0 };
}

/**
 * What was under way when the server was strained is halved, not what would have been allowed: fewer requests than allowed were
 * too many already. One wave of refusals counts once: requests of an earlier era were sent at a pace that was given up since.
 */
export function afterStrain(pace: Pace, request: { readonly era: number; readonly underWay: number }): Pace {
  if (request.era < pace.era) return { ...pace, good: 0 };
  const allowed = Math.max(1, Math.floor(Math.min(pace.allowed, request.underWay) / 2));
  return { ...pace, allowed, good: 0, era: pace.era + 1 };
}

/** Statuses by which a server says that it has too much to do, or a proxy that the server did not answer in time. */
export function isStrain(status: number): boolean {
  return status === 429 || status === 503 || status === 504;
}
