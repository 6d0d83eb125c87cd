import { assert, double, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRetryPolicy, delayMs, isPassing, retryAfterMs } from '../../src/http/retry-policy.ts';

describe('delays', () => {
  test('lie between half and all of a time that doubles up to the cap', () => {
    assert(
      property(integer({ min: 0, max: 40 }), double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const full = Math.min(defaultRetryPolicy.capMs, defaultRetryPolicy.baseMs * 2 ** attempt);
        const delay = delayMs(defaultRetryPolicy, attempt, random);
        expect(delay).toBeGreaterThanOrEqual(full / 2);
        expect(delay).toBeLessThanOrEqual(full);
      }),
    );
  });

  test.each([
    ['seconds', '7', 7000],
    ['nothing', undefined, null],
    ['words', 'soon', null],
    ['a date', 'Wed, 21 Oct 2026 07:28:05 GMT', 5000],
    ['a date that has passed', 'Wed, 21 Oct 2026 07:00:00 GMT', 0],
  ])('Retry-After: %s', (_title, header, expected) => {
    expect(retryAfterMs(header, Date.UTC(2026, 9, 21, 7, 28, 0))).toBe(expected);
  });

  test.each([200, 301, 400, 401, 403, 404, 409, 422, 501])('%i is final', (status) => {
    expect(isPassing(status)).toBe(false);
  });
});
