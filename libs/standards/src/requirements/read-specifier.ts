import { parseSpecifier } from '../specifiers/parse-specifiers.ts';
import type { Span } from './requirement.ts';
import { fail, isAtEnd, isSpace, skipSpace, take, type Scanner } from '../text/scanner.ts';

/** Specifiers up to `;`, `)` or the end, each checked. Null where there are none, and on failure. */
export function readSpecifier(scanner: Scanner): Span | null {
  const opening = scanner.at;
  const inParentheses = take(scanner, '(');
  skipSpace(scanner);
  const start = scanner.at;
  while (!isAtEnd(scanner) && !endsSpecifiers(scanner)) scanner.at += 1;
  const end = endOfText(scanner.text, start, scanner.at);
  if (inParentheses && !take(scanner, ')')) return fail(scanner, "Expected ')'", opening);
  checkClauses(scanner, start, end);
  return end > start || inParentheses ? { start, end } : null;
}

function endsSpecifiers({ text, at }: Scanner): boolean {
  return text[at] === ';' || text[at] === ')';
}

/** The end of what stands between `start` and `limit`, white space at its end left out. */
function endOfText(text: string, start: number, limit: number): number {
  let end = limit;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return end;
}

/** One comma after the last clause is let pass, as installers do. */
function checkClauses(scanner: Scanner, start: number, end: number): void {
  if (start === end) return;
  let offset = start;
  for (const part of scanner.text.slice(start, end).split(',')) {
    const isTrailing = offset === end;
    if (!isTrailing && parseSpecifier(part) === null) {
      fail(scanner, messageFor(part.trim()), offset + part.length - part.trimStart().length);
    }
    offset += part.length + 1;
  }
}

function messageFor(clause: string): string {
  return /^[=~!<>]/.test(clause)
    ? `'${clause}' is not a version specifier`
    : "Expected a version specifier, '@', ';' or the end";
}
