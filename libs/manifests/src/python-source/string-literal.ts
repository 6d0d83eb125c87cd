import type { SyntaxNode } from '@lezer/common';

import { textOf } from './syntax.ts';
import type { PythonDocument } from './syntax.ts';

/** One string token (Python reference, section 2.4.1). */
export interface StringLiteral {
  /** What the literal means. */
  readonly value: string;
  /** Offsets of the text between the quotes. */
  readonly start: number;
  readonly end: number;
  /** True where the text between the quotes is the value, character by character. */
  readonly verbatim: boolean;
  readonly bytes: boolean;
}

const TOKEN = /^(?<prefix>[rRuUbB]{0,2})(?<quote>'''|"""|'|")(?<inner>[\s\S]*)$/;

/** Reads a `String` node of the tree; null where its closing quote is missing. */
export function readStringLiteral(document: PythonDocument, node: SyntaxNode): StringLiteral | null {
  const { prefix, quote, inner } = TOKEN.exec(textOf(document, node))?.groups ?? {};
  if (prefix === undefined || quote === undefined || inner === undefined) return null;
  if (!inner.endsWith(quote)) return null;
  const raw = inner.slice(0, inner.length - quote.length);
  const start = node.from + prefix.length + quote.length;
  const value = /r/i.test(prefix) ? raw : unescaped(raw);
  return { value, start, end: start + raw.length, verbatim: value === raw, bytes: /b/i.test(prefix) };
}

const ESCAPE = /\\(?:\r?\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[\s\S])/g;

const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Escapes undone; named characters (`\N{…}`) and unknown escapes stay as written, as Python keeps the latter. */
function unescaped(raw: string): string {
  return raw.replace(ESCAPE, (escape) => {
    const body = escape.slice(1);
    if (body.endsWith('\n')) return '';
    if (/^[0-7]/.test(body)) return String.fromCodePoint(Number.parseInt(body, 8));
    if (body.length > 1 && /^[xuU]/.test(body)) return codePoint(Number.parseInt(body.slice(1), 16), escape);
    return SIMPLE[body] ?? escape;
  });
}

function codePoint(point: number, otherwise: string): string {
  return point <= 0x10_ff_ff ? String.fromCodePoint(point) : otherwise;
}

/** A Python literal that means `value`. */
export function pythonLiteral(value: string): string {
  const quote = value.includes('"') && !value.includes("'") ? "'" : '"';
  const body = value
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `${quote}${body}${quote}`;
}
