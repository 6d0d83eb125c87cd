/** Longest silence before and within an answer where a request says nothing else; milliseconds. */
const usualPatienceMs = 60_000;
/** An answer that is read whole may take so many times its patience. */
const timesPatience = 3;
/** Bytes in a second that a file has to come with on the whole, once that time has passed. */
const slowest = 1000;

export function patienceOf({ patienceMs }: { readonly patienceMs?: number }): number {
  return patienceMs ?? usualPatienceMs;
}

/**
 * The most that an answer may take that is read whole, in milliseconds: a server that sends one byte now and then is never silent,
 * and never done.
 */
export function longestMs(patienceMs: number): number {
  return timesPatience * patienceMs;
}

/** True where a file comes so slowly that it is not waited for; files are too different for a time in all. */
export function isTooSlow(bytes: number, elapsedMs: number, patienceMs: number): boolean {
  return elapsedMs > longestMs(patienceMs) && bytes < (slowest * elapsedMs) / 1000;
}
