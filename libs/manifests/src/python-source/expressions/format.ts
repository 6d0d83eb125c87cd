import type { SyntaxNode } from '@lezer/common';

import type { Arguments } from './arguments.ts';
import { computed, LIMITS } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { children, operands, textOf } from '../syntax.ts';
import { string } from '../values.ts';
import type { Value } from '../values.ts';

/** What `str()` gives; null where it cannot be told. */
export function asText(value: Value): string | null {
  switch (value.kind) {
    case 'string':
    case 'number':
      return value.text;
    case 'boolean':
      return value.value ? 'True' : 'False';
    case 'none':
      return 'None';
    default:
      return null;
  }
}

/** Strings put together. When all but one are empty the one keeps its origin: `"%s" % VERSION` is still VERSION's literal. */
export function joined(pieces: readonly Value[], node: SyntaxNode, frame: Frame): Value {
  const unknown = pieces.find((piece) => piece.kind === 'computed');
  if (unknown !== undefined) return unknown;
  const texts = pieces.map(asText);
  if (texts.includes(null)) return computed(frame, node, `formats ${textOf(frame.document, node).slice(0, 60)}`);
  const filled = pieces.filter((_, index) => texts[index] !== '');
  const [only] = filled;
  if (filled.length === 1 && only?.kind === 'string') return only;
  const text = texts.join('');
  return text.length > LIMITS.text ? computed(frame, node, 'puts together a very long text') : string(text);
}

const PERCENT = /%(?:\((?<key>[^)]*)\))?(?<type>[sdi%])/g;

/** `template % value`; computed unless every place is a plain `%s`, `%d` or `%(name)s`. */
export function percentFormat(template: string, value: Value, node: SyntaxNode, frame: Frame): Value {
  const tuple = value.kind === 'list' && value.shape === 'tuple' ? value.items : [value];
  const unread = template.replace(PERCENT, '').includes('%');
  let next = 0;
  const pieces = fill(template, PERCENT, (groups) => {
    if (groups['type'] === '%') return string('%');
    const key = groups['key'];
    if (key !== undefined) return value.kind === 'dict' ? value.entries.get(key) : undefined;
    next += 1;
    return tuple[next - 1];
  });
  if (pieces === null || unread) return computed(frame, node, 'uses a format that is not read');
  return joined(pieces, node, frame);
}

const BRACES = /\{\{|\}\}|\{(?<key>\w*)\}/g;

/** `template.format(…)`; computed unless every place is `{}`, `{0}` or `{name}`. */
export function braceFormat(template: string, given: Arguments, node: SyntaxNode, frame: Frame): Value {
  const unread = /[{}]/.test(template.replace(BRACES, ''));
  let next = 0;
  const pieces = fill(template, BRACES, (groups, whole) => {
    if (whole === '{{' || whole === '}}') return string(whole.slice(1));
    const key = groups['key'] ?? '';
    if (/^\D/.test(key)) return given.keywords.get(key);
    next += 1;
    return given.positional[key === '' ? next - 1 : Number(key)];
  });
  if (pieces === null || unread || given.rest !== null) return computed(frame, node, 'uses a format that is not read');
  return joined(pieces, node, frame);
}

type Filling = (groups: Readonly<Record<string, string | undefined>>, whole: string) => Value | undefined;

function fill(template: string, places: RegExp, filling: Filling): readonly Value[] | null {
  const pieces: Value[] = [];
  let at = 0;
  for (const match of template.matchAll(places)) {
    const value = filling(match.groups ?? {}, match[0]);
    if (value === undefined) return null;
    pieces.push(string(template.slice(at, match.index)), value);
    at = match.index + match[0].length;
  }
  return [...pieces, string(template.slice(at))];
}

const F_STRING = /^(?<prefix>[a-zA-Z]+)(?<quote>'''|"""|'|")/;

/** An f-string whose places are plain expressions. */
export function formatString(node: SyntaxNode, frame: Frame): Value {
  const text = textOf(frame.document, node);
  const { prefix = '', quote = '' } = F_STRING.exec(text)?.groups ?? {};
  if (text.includes('\\')) return computed(frame, node, 'is an f-string with escapes');
  const pieces: Value[] = [];
  let at = node.from + prefix.length + quote.length;
  for (const place of children(node)) {
    if (place.name !== 'FormatReplacement') continue;
    const parts = operands(place);
    const [only] = parts;
    if (only === undefined || parts.length > 1) return computed(frame, node, 'uses a format that is not read');
    pieces.push(plain(frame, at, place.from), frame.evaluate(only, frame));
    at = place.to;
  }
  return joined([...pieces, plain(frame, at, node.to - quote.length)], node, frame);
}

function plain(frame: Frame, from: number, to: number): Value {
  return string(frame.document.source.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}'));
}
