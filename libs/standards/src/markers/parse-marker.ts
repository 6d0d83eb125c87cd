import { fail, isAtEnd, scannerOf, skipSpace, take, type ParseFailure, type Scanner } from '../text/scanner.ts';
import {
  MARKER_VARIABLES,
  type Marker,
  type MarkerOperand,
  type MarkerOperator,
  type MarkerVariable,
} from './marker.ts';

/** Deeper nesting than any real marker has; beyond it the reader gives up rather than exhaust the stack. */
const MAX_DEPTH = 100;

const SYMBOLS: readonly MarkerOperator[] = ['===', '~=', '==', '!=', '<=', '>=', '<', '>'];

/** Spellings from before PEP 508 that readers must still know. */
const LEGACY_VARIABLES: Readonly<Record<string, MarkerVariable>> = {
  'os.name': 'os_name',
  'sys.platform': 'sys_platform',
  'platform.version': 'platform_version',
  'platform.machine': 'platform_machine',
  'platform.python_implementation': 'platform_python_implementation',
  python_implementation: 'platform_python_implementation',
};

const VARIABLES: ReadonlyMap<string, MarkerVariable> = new Map([
  ...Object.entries(LEGACY_VARIABLES),
  ...MARKER_VARIABLES.map((name) => [name, name] as const),
]);

export type MarkerResult =
  | { readonly kind: 'marker'; readonly marker: Marker }
  | ({ readonly kind: 'error' } & ParseFailure);

/** Takes a marker expression without its `;` (PEP 508, "Environment markers"). */
export function parseMarker(text: string): MarkerResult {
  const scanner = scannerOf(text);
  const marker = readMarker(scanner);
  if (marker === null) return { kind: 'error', ...(scanner.failure ?? { message: 'Not a marker', offset: 0 }) };
  return { kind: 'marker', marker };
}

/** Reads a marker from here to the end of the text. */
export function readMarker(scanner: Scanner): Marker | null {
  const marker = readAny(scanner, 0);
  if (marker === null) return null;
  return isAtEnd(scanner) ? marker : fail(scanner, "Expected 'and', 'or' or the end of the marker");
}

function readAny(scanner: Scanner, depth: number): Marker | null {
  return readTerms(scanner, 'or', () => readTerms(scanner, 'and', () => readTerm(scanner, depth)));
}

function readTerms(scanner: Scanner, kind: 'and' | 'or', readOne: () => Marker | null): Marker | null {
  const terms: Marker[] = [];
  do {
    const term = readOne();
    if (term === null) return null;
    if (term.kind === kind) terms.push(...term.terms);
    else terms.push(term);
    skipSpace(scanner);
  } while (takeWord(scanner, kind));
  const [only] = terms;
  return terms.length === 1 && only !== undefined ? only : { kind, terms };
}

function readTerm(scanner: Scanner, depth: number): Marker | null {
  skipSpace(scanner);
  if (!take(scanner, '(')) return readComparison(scanner);
  if (depth >= MAX_DEPTH) return fail(scanner, `Parentheses are nested more than ${MAX_DEPTH} deep`);
  const inner = readAny(scanner, depth + 1);
  if (inner === null) return null;
  return take(scanner, ')') ? inner : fail(scanner, "Expected 'and', 'or' or ')'");
}

function readComparison(scanner: Scanner): Marker | null {
  const left = readOperand(scanner);
  if (left === null) return null;
  const operator = readOperator(scanner);
  if (operator === null) return null;
  const right = readOperand(scanner);
  return right === null ? null : { kind: 'compare', left, operator, right };
}

function readOperand(scanner: Scanner): MarkerOperand | null {
  skipSpace(scanner);
  const quote = scanner.text[scanner.at];
  if (quote === '"' || quote === "'") return readLiteral(scanner, quote);
  const word = wordAt(scanner);
  const name = VARIABLES.get(word);
  if (name === undefined) {
    return fail(
      scanner,
      word === '' ? 'Expected a marker variable or a quoted string' : `Unknown marker variable '${word}'`,
    );
  }
  scanner.at += word.length;
  return { kind: 'variable', name };
}

/** There are no escapes: a string ends at the next quote of its own kind (PEP 508, python_str). */
function readLiteral(scanner: Scanner, quote: string): MarkerOperand | null {
  const start = scanner.at + 1;
  const end = scanner.text.indexOf(quote, start);
  if (end === -1) return fail(scanner, 'The quoted string does not end');
  scanner.at = end + 1;
  return { kind: 'literal', value: scanner.text.slice(start, end) };
}

function readOperator(scanner: Scanner): MarkerOperator | null {
  skipSpace(scanner);
  const symbol = SYMBOLS.find((candidate) => take(scanner, candidate));
  if (symbol !== undefined) return symbol;
  if (takeWord(scanner, 'in')) return 'in';
  const start = scanner.at;
  if (takeWord(scanner, 'not')) {
    skipSpace(scanner);
    if (takeWord(scanner, 'in')) return 'not in';
  }
  return fail(scanner, 'Expected one of <= < != == >= > ~= === in, not in', start);
}

function takeWord(scanner: Scanner, word: string): boolean {
  return wordAt(scanner) === word && take(scanner, word);
}

function wordAt(scanner: Scanner): string {
  const word = /[\w.]*/y;
  word.lastIndex = scanner.at;
  return word.exec(scanner.text)?.[0] ?? '';
}
