import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readToml } from '../../src/toml/read-toml.ts';
import { sameValue } from '../../src/toml/same-value.ts';
import { withValue } from '../../src/toml/with-value.ts';

const value = fc.jsonValue({ maxDepth: 3 });

it('finds a value equal to its copy with the keys of tables in another order', () => {
  fc.assert(
    fc.property(value, (one) => {
      expect(sameValue(one, reordered(one))).toBe(true);
    }),
  );
});

it('tells different values apart', () => {
  fc.assert(
    fc.property(value, value, (one, other) => {
      expect(sameValue(one, other)).toBe(JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)));
    }),
  );
});

it('compares dates and infinities', () => {
  const [one, same, other] = ['2020-01-01', '2020-01-01', '2020-01-02'].map((day) => readToml(`a = ${day}\nb = nan`));
  expect(sameValue(one, same)).toBe(true);
  expect(sameValue(one, other)).toBe(false);
});

it('sets, replaces and takes away one value and leaves the others', () => {
  const table = { brass: { tuba: 1, horn: [{ key: 'F' }] } };
  expect(withValue(table, ['brass', 'horn', 0, 'key'], 'B')).toEqual({ brass: { tuba: 1, horn: [{ key: 'B' }] } });
  expect(withValue(table, ['brass', 'tuba'], undefined)).toEqual({ brass: { horn: [{ key: 'F' }] } });
  expect(withValue(table, ['wood', 'oboe'], 2)).toEqual({ ...table, wood: { oboe: 2 } });
});

function reordered(one: unknown): unknown {
  if (Array.isArray(one)) {
    return one.map(reordered);
  }
  return typeof one === 'object' && one !== null
    ? Object.fromEntries(
        Object.entries(one)
          .toReversed()
          .map(([key, item]) => [key, reordered(item)]),
      )
    : one;
}

function sorted(one: unknown): unknown {
  if (Array.isArray(one)) {
    return one.map(sorted);
  }
  return typeof one === 'object' && one !== null
    ? Object.fromEntries(
        Object.entries(one)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, item]) => [key, sorted(item)]),
      )
    : one;
}
