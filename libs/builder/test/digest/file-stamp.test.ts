import { expect, it } from 'vitest';
import { isSettled, stampOf } from '../../src/digest/file-stamp.ts';

const NOON = Date.UTC(2026, 10, 21, 12);

it.each([
  ['an hour ago', NOON - 3_600_000, NOON - 3_600_000, true],
  ['a moment ago', NOON - 5, NOON - 5, false],
  ['within the step of a coarse clock', NOON - 2_000, NOON - 3_600_000, false],
  ['long ago by its own account, but put in place a moment ago', NOON - 3_600_000, NOON - 5, false],
  ['in the future', NOON + 60_000, NOON - 3_600_000, false],
])('D2: a file that was changed %s: its stamp is relied on: %4$s', (_, mtimeMs, ctimeMs, settled) => {
  expect(isSettled(stampOf({ size: 1, ino: 1, mtimeMs, ctimeMs }), NOON)).toBe(settled);
});
