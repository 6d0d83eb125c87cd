import { assert, double, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLimiter } from '../../src/http/limiter.ts';
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

describe('the limiter', () => {
  test('lets no more run at once than it was told', async () => {
    const limiter = createLimiter(3);
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((done) => {
        setTimeout(done, 1);
      });
      running -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, async () => limiter.run(task)));
    expect(most).toBe(3);
  });

  test('a shorter pause does not end a longer one', async () => {
    const limiter = createLimiter(1);
    const begun = performance.now();
    limiter.pause(80);
    limiter.pause(1);
    await limiter.run(async () => undefined);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(75);
  });
});
