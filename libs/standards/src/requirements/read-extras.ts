import type { Span } from './requirement.ts';
import { fail, skipSpace, take, takeName, type Scanner } from '../text/scanner.ts';

export interface Extras {
  readonly names: readonly string[];
  readonly span: Span | null;
}

/** `[strings, winds]`; no brackets are no extras, and so are empty ones. Null on failure. */
export function readExtras(scanner: Scanner): Extras | null {
  const start = scanner.at;
  if (!take(scanner, '[')) return { names: [], span: null };
  skipSpace(scanner);
  const names: string[] = [];
  if (!take(scanner, ']')) {
    do {
      skipSpace(scanner);
      const name = takeName(scanner);
      if (name === '') return fail(scanner, 'Expected the name of an extra');
      names.push(name);
      skipSpace(scanner);
    } while (take(scanner, ','));
    if (!take(scanner, ']')) return fail(scanner, "Expected ',' or ']' after an extra");
  }
  return { names, span: { start, end: scanner.at } };
}
