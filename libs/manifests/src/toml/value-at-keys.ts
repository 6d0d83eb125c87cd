import { isTable } from './query.ts';
import type { TomlKeys } from './with-value.ts';

/** The value under keys and array indices, or undefined. */
export function valueAtKeys(value: unknown, keys: TomlKeys): unknown {
  let at = value;
  for (const key of keys) {
    if (typeof key === 'number') {
      at = Array.isArray(at) ? at[key] : undefined;
    } else {
      at = isTable(at) && Object.hasOwn(at, key) ? at[key] : undefined;
    }
  }
  return at;
}
