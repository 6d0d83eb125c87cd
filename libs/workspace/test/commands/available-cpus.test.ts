import { expect, it } from 'vitest';
import { availableCpus } from '@nx-pypi/workspace';
import { cpuQuota } from '../../src/commands/available-cpus.ts';

it.each([
  ['max 100000\n', Number.POSITIVE_INFINITY],
  ['200000 100000\n', 2],
  ['150000 100000\n', 2],
  ['10000 100000\n', 1],
  ['', Number.POSITIVE_INFINITY],
])('cpuQuota(%j) === %d', (text, quota) => {
  expect(cpuQuota(text)).toBe(quota);
});

it('finds at least one processor', () => {
  expect(availableCpus()).toBeGreaterThanOrEqual(1);
});
