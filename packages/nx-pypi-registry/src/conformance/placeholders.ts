/** Values by placeholder name. */
export type Values = ReadonlyMap<string, string>;

/** Names of the placeholders in a text, or in all texts within a value. */
export function placeholdersIn(value: unknown): readonly string[] {
  return [...JSON.stringify(value).matchAll(/\{([A-Za-z]+)\}/g)].flatMap((match) => match[1] ?? []);
}

/** The text with every placeholder that has a value filled in. */
export function fill(text: string, values: Values): string {
  return text.replaceAll(/\{([A-Za-z]+)\}/g, (whole, name: string) => values.get(name) ?? whole);
}
