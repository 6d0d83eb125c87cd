/** What a server says of its rate limit with an answer. */
export interface AnnouncedRate {
  /** Requests in one window. */
  readonly limit: number;
  /** Requests that are left in this window. */
  readonly remaining: number;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

/**
 * Reads `RateLimit-Limit`, `-Remaining` and `-Reset`; null where one is missing. The end of the window is a time of the
 * server's clock, and is counted from its `Date`. Source: GitLab docs, "Rate limits", "Response headers".
 *
 * @param header gives a header by its lower-case name
 * @param now milliseconds since 1970, for answers without `Date`
 */
export function announcedRate(header: (name: string) => string | undefined, now: number): AnnouncedRate | null {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
    wholeNumber(header(`ratelimit-${name}`)),
  );
  if (limit === undefined || remaining === undefined || reset === undefined) return null;
  const date = Date.parse(header('date') ?? '');
  return { limit, remaining, resetMs: Math.max(0, reset * 1000 - (Number.isNaN(date) ? now : date)) };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}
