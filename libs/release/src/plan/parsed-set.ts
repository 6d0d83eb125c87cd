import { parseSpecifierSet, type SpecifierSet } from '@nx-pypi/standards';

/** Monorepos write the same few ranges thousands of times. */
const MOST = 4096;
const parsed = new Map<string, SpecifierSet | null>();

/** `parseSpecifierSet`, with the latest answers kept. */
export function parsedSet(text: string): SpecifierSet | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  if (parsed.size >= MOST) parsed.clear();
  const set = parseSpecifierSet(text);
  parsed.set(text, set);
  return set;
}
