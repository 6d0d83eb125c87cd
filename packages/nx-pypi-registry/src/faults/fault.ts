/** What can go wrong, as data. */

/** The kinds of request that a fault can be aimed at. */
export type RouteKind = 'upload' | 'index' | 'page' | 'download' | 'rest';

/** A request is hit when everything that is given here fits. */
export interface FaultTarget {
  readonly route?: RouteKind;
  readonly method?: string;
  /** Text that the path (with its query) contains, or a pattern that it matches. */
  readonly path?: string | RegExp;
}

export interface Fault {
  /** Default: every request. */
  readonly on?: FaultTarget;
  /** How many requests it hits before it is spent. Default 1. */
  readonly times?: number;
  /** How many fitting requests pass unharmed first. Default 0. */
  readonly after?: number;
  readonly effect: Effect;
}

/**
 * When an effect sets in. `before`: at the arrival, the body unread and nothing stored. `after-storing`: once an upload
 * is stored for good; on other routes as `before`.
 */
export type Moment = 'before' | 'after-storing';

export type Effect =
  /** GitLab's own throttle: text/plain, Retry-After and RateLimit headers. Seconds. */
  | { readonly kind: 'too-many-requests'; readonly retryAfter: number }
  /** Any status, such as a proxy's 502, as text/html unless `body` is given as JSON. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly when?: Moment;
      readonly body?: string | Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The request is handled this much later. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The connection is reset instead of an answer; with `bytes`, after that many bytes of the body. */
  | { readonly kind: 'cut'; readonly when?: Moment; readonly bytes?: number }
  /** The connection stays open and silent until the client leaves; with `bytes`, after that many bytes of the body. */
  | { readonly kind: 'stall'; readonly when?: Moment; readonly bytes?: number }
  /** A page or index shows nothing that was stored after the fault was armed. Reads that would show the same do not count. */
  | { readonly kind: 'stale' }
  /** The download is redirected to the storage's origin. */
  | { readonly kind: 'storage-redirect' }
  /** Two uploads made the package row at once, and this one lost: 400 `Validation failed: Name has already been taken`. */
  | { readonly kind: 'name-taken' }
  /** Error texts without the prefix `400 Bad request - `. */
  | { readonly kind: 'older-errors' };

/** GitLab's package throttle: requests in a window of so many seconds, per user, deploy token or address. */
export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
  /** RateLimit headers on every answer, not only on 429. Default false, as GitLab. */
  readonly announced?: boolean;
}

export interface FaultPlan {
  readonly faults?: readonly Fault[];
  readonly rateLimit?: RateLimit;
}
