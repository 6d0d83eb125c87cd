import { describe, expect, it } from 'vitest';
import { isValidName, normalizeName } from '../../src/index.ts';

describe('normalizeName', () => {
  it.each([
    ['Bakery', 'bakery'],
    ['sour_dough', 'sour-dough'],
    ['Sour.Dough', 'sour-dough'],
    ['sour-_.dough', 'sour-dough'],
    ['SOUR--DOUGH__2', 'sour-dough-2'],
  ])('%s is %s', (name, normalized) => {
    expect(normalizeName(name)).toBe(normalized);
    expect(normalizeName(normalized)).toBe(normalized);
  });
});

describe('isValidName', () => {
  it.each(['a', '7', 'Rye', 'rye-bread', 'rye_bread.2', 'r--b'])('accepts %s', (name) => {
    expect(isValidName(name)).toBe(true);
  });

  it.each(['', '-rye', 'rye-', '_rye', 'rye.', 'rye bread', 'rye/bread', 'pâte', 'rye\n', 'ſour', '\u212Ae'])(
    'refuses %j',
    (name) => {
      expect(isValidName(name)).toBe(false);
    },
  );

  it('answers at once for long names that end wrongly', () => {
    expect(isValidName(`${'a-'.repeat(200_000)}!`)).toBe(false);
    expect(isValidName('.'.repeat(200_000))).toBe(false);
  });
});
