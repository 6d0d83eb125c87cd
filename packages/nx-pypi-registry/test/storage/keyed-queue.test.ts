import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createKeyedQueue } from '../../src/storage/keyed-queue.ts';

test('works of one key come one after another, in the order of their arrival; others run beside them', async () => {
  const queue = createKeyedQueue();
  const events: string[] = [];
  const play = (key: string, name: string, milliseconds: number): Promise<void> =>
    queue(key, async () => {
      events.push(`${name} begins`);
      await sleep(milliseconds);
      events.push(`${name} ends`);
    });
  await Promise.all([play('tuba', 'first', 30), play('tuba', 'second', 0), play('harp', 'other', 0)]);
  expect(events).toEqual(['first begins', 'other begins', 'other ends', 'first ends', 'second begins', 'second ends']);
});

test('a work that rejects does not hold up the next', async () => {
  const queue = createKeyedQueue();
  const failing = queue('tuba', () => Promise.reject(new Error('a dented bell')));
  const next = queue('tuba', () => Promise.resolve('played'));
  await expect(failing).rejects.toThrow('a dented bell');
  expect(await next).toBe('played');
});
