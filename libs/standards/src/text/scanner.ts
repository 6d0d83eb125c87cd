import { isAlphanumeric, isSeparator } from './characters.ts';

export interface ParseFailure {
  readonly message: string;
  /** UTF-16 offset into the whole text. */
  readonly offset: number;
}

/** A place in a text that readers move forward, and the first failure they met. */
export interface Scanner {
  readonly text: string;
  at: number;
  failure: ParseFailure | null;
}

export function scannerOf(text: string): Scanner {
  return { text, at: 0, failure: null };
}

/** Notes why reading stopped at `offset`; returns null, which every reader hands up. */
export function fail(scanner: Scanner, message: string, offset: number = scanner.at): null {
  scanner.failure ??= { message, offset };
  return null;
}

export function isAtEnd(scanner: Scanner): boolean {
  return scanner.at >= scanner.text.length;
}

/** PEP 508 knows blanks and tabs; line ends come with folded headers and multi-line strings. */
export function skipSpace(scanner: Scanner): void {
  while (isSpace(scanner.text.charCodeAt(scanner.at))) scanner.at += 1;
}

/** Blank, tab, line feed, vertical tab, form feed or carriage return. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** Moves over `token` when it stands here. */
export function take(scanner: Scanner, token: string): boolean {
  if (!scanner.text.startsWith(token, scanner.at)) return false;
  scanner.at += token.length;
  return true;
}

/** Moves over a run of letters, digits and `-_.` that begins and ends with a letter or digit; '' when none stands here. */
export function takeName(scanner: Scanner): string {
  const start = scanner.at;
  if (!isAlphanumeric(scanner.text.charCodeAt(start))) return '';
  let end = start + 1;
  for (let next = end; isNameCharacter(scanner.text.charCodeAt(next)); next += 1) {
    if (isAlphanumeric(scanner.text.charCodeAt(next))) end = next + 1;
  }
  scanner.at = end;
  return scanner.text.slice(start, end);
}

function isNameCharacter(code: number): boolean {
  return isAlphanumeric(code) || isSeparator(code);
}
