import { expect, it } from 'vitest';
import { readToml } from '../../src/toml/read-toml.ts';

it('reads past a byte order mark and CRLF', () => {
  expect(readToml('\uFEFF[tuba]\r\nvalves = 3\r\n')).toEqual({ kind: 'toml', table: { tuba: { valves: 3 } } });
});

it('keeps integers that a number cannot hold', () => {
  expect(readToml('n = 20250101123456789012')).toEqual({ kind: 'toml', table: { n: 20_250_101_123_456_789_012n } });
});

it('names the line of an error in one sentence', () => {
  const reading = readToml('[tuba]\nvalves = = 3\n');
  expect(reading).toMatchObject({ kind: 'error', line: 2 });
  expect(reading.kind === 'error' && reading.message).not.toMatch(/\n|Invalid TOML document/);
});
