import { expect, test } from 'vitest';
import { createGate, type Gate } from '../../src/http/gate.ts';

/** How many of so many requests may start within some milliseconds. */
async function passed(gate: Gate, requests: number, ms: number): Promise<number> {
  let count = 0;
  const all = Array.from({ length: requests }, async () => {
    await gate.pass();
    count += 1;
  });
  await Promise.race([Promise.all(all), new Promise((done) => setTimeout(done, ms))]);
  return count;
}

test('a window lets no more start than it has left, and the next one as many as a whole window', async () => {
  const gate = createGate();
  gate.heed({ limit: 5, remaining: 2, resetMs: 150 }, 0);
  expect(await passed(gate, 3, 50)).toBe(2);
  expect(await passed(gate, 3, 250)).toBe(3);
});

test('of a window that was not announced yet, no more start than the last one had', async () => {
  const gate = createGate();
  gate.heed({ limit: 5, remaining: 0, resetMs: 1 }, 0);
  expect(await passed(gate, 20, 80)).toBe(5);
});

test('a server that announces only when it refuses is asked on, window after window', async () => {
  const gate = createGate();
  for (let window = 1; window <= 2; window += 1) {
    gate.heed({ limit: 5, remaining: 0, resetMs: 1 }, 0);
    const waiting = passed(gate, 20, 2000);
    await passed(gate, 1, 30);
    gate.heed(null, 4);
    expect(await waiting).toBe(20);
  }
});

test('an answer without an announcement does not lift the limit of a window that was announced', async () => {
  const gate = createGate();
  gate.heed({ limit: 5, remaining: 2, resetMs: 500 }, 0);
  gate.heed(null, 0);
  expect(await passed(gate, 3, 80)).toBe(2);
});
