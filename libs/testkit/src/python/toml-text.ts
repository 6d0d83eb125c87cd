/** Values of the generated manifests as TOML 1.0 text. */
export type TomlValue = string | boolean | readonly TomlValue[] | { readonly [key: string]: TomlValue };

/** `[name]` and its pairs; nothing when there are none, so that empty tables are left out. */
export function table(name: string, pairs: Readonly<Record<string, TomlValue>>): string {
  const lines = Object.entries(pairs).map(([key, value]) => `${keyText(key)} = ${spreadText(value)}`);
  return lines.length === 0 ? '' : [`[${name}]`, ...lines, ''].join('\n');
}

/** Tables with an empty line between them. */
export function document(tables: readonly string[]): string {
  return tables.filter((text) => text !== '').join('\n');
}

/** As people write it: an array of two or more elements has a line for each. */
function spreadText(value: TomlValue): string {
  if (!isArray(value) || value.length < 2) return valueText(value);
  return `[\n${value.map((element) => `  ${valueText(element)},\n`).join('')}]`;
}

function valueText(value: TomlValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return String(value);
  if (isArray(value)) return `[${value.map((element) => valueText(element)).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, inner]) => `${keyText(key)} = ${valueText(inner)}`);
  return `{ ${pairs.join(', ')} }`;
}

function keyText(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}

function isArray(value: TomlValue): value is readonly TomlValue[] {
  return Array.isArray(value);
}
