/** What smol-toml makes of a document or table. Values are unknown until a reader has looked at them. */
export type TomlTable = Readonly<Record<string, unknown>>;

export function isTable(value: unknown): value is TomlTable {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The value under `keys`, or undefined. */
export function valueAt(table: TomlTable, ...keys: readonly string[]): unknown {
  let value: unknown = table;
  for (const key of keys) {
    if (!isTable(value) || !Object.hasOwn(value, key)) {
      return undefined;
    }
    value = value[key];
  }
  return value;
}

export function tableAt(table: TomlTable, ...keys: readonly string[]): TomlTable | null {
  const value = valueAt(table, ...keys);
  return isTable(value) ? value : null;
}

export function textAt(table: TomlTable, ...keys: readonly string[]): string | null {
  const value = valueAt(table, ...keys);
  return typeof value === 'string' ? value : null;
}

export function listAt(table: TomlTable, ...keys: readonly string[]): readonly unknown[] {
  const value = valueAt(table, ...keys);
  return Array.isArray(value) ? value : [];
}

/** The strings of the array under `keys`; members of other kinds are left out. */
export function textsAt(table: TomlTable, ...keys: readonly string[]): readonly string[] {
  return listAt(table, ...keys).filter((value) => typeof value === 'string');
}
