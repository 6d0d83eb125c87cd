import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyText, quotedLike } from '../../src/toml/quote.ts';
import { readToml } from '../../src/toml/read-toml.ts';

const TOKENS = ['"a"', "'a'", '"""a"""', "'''a'''", '"""\na"""', "'''\r\na'''"];

const text = fc.string({ unit: 'binary' }).filter((value) => !/\p{Surrogate}/u.test(value) && !value.includes('\r'));

it('writes any text such that TOML reads it back, in every style', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TOKENS),
      text,
      fc.string({ unit: 'grapheme', minLength: 1 }),
      (token, value, key) => {
        const reading = readToml(`${keyText(key)} = ${quotedLike(token, value)}\n`);
        expect(reading).toEqual({ kind: 'toml', table: Object.fromEntries([[key, value]]) });
      },
    ),
    { numRuns: 500 },
  );
});

it.each([
  ["'tuba'", '>=1', "'>=1'"],
  ["'tuba'", "it's", `"it's"`],
  ['"tuba"', 'say "A"', String.raw`"say \"A\""`],
  ["'''tuba'''", '>=1', "'''>=1'''"],
  ['"""tuba"""', '>=1', '""">=1"""'],
  ['"""tuba"""', '\n>=1', '"""\n\n>=1"""'],
])('in place of %s writes %s as %s', (token, value, expected) => {
  expect(quotedLike(token, value)).toBe(expected);
});
