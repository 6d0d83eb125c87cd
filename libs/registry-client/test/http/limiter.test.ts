import { describe, expect, test } from 'vitest';
import { createLimiter } from '../../src/http/limiter.ts';
import { GOOD_RUN } from '../../src/http/pace.ts';

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

  test('lets half as many run after a strained wave, whatever its size, and all again after enough good answers', async () => {
    const limiter = createLimiter(8);
    let running = 0;
    let most = 0;
    const task = async (strained: () => void): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((done) => {
        setTimeout(done, 1);
      });
      if (overloaded) strained();
      running -= 1;
    };
    const wave = async (requests: number): Promise<number> => {
      most = 0;
      await Promise.all(Array.from({ length: requests }, async () => limiter.run(task)));
      return most;
    };
    let overloaded = false;
    expect(await wave(16)).toBe(8);
    overloaded = true;
    expect(await wave(8)).toBe(8);
    overloaded = false;
    expect(await wave(4)).toBe(4);
    await wave(4 * GOOD_RUN);
    expect(await wave(16)).toBe(8);
  });
});
