import { isTable } from './query.ts';

export type TomlKeys = readonly (string | number)[];

/** A copy of a TOML value with `replacement` at `keys`; undefined takes the key away. Tables on the way are made. */
export function withValue(value: unknown, keys: TomlKeys, replacement: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) {
    return replacement;
  }
  if (typeof key === 'number') {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return list.map((item, index) => (index === key ? withValue(item, rest, replacement) : item));
  }
  const table = isTable(value) ? value : {};
  const next = withValue(table[key], rest, replacement);
  const others = Object.entries(table).filter(([name]) => name !== key);
  return Object.fromEntries(next === undefined ? others : [...others, [key, next]]);
}
