import type { SyntaxNode } from '@lezer/common';

import type { Arguments } from './arguments.ts';
import { braceFormat, joined } from './format.ts';
import { LIMITS } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { boolean, list, number, slice, string } from '../values.ts';
import type { StringValue, Value } from '../values.ts';

type StringMethod = (text: StringValue, given: Arguments, place: { node: SyntaxNode; frame: Frame }) => Value | null;

/** The methods of `str` that are understood; each gives null where its arguments are not. */
export const STRING_METHODS: ReadonlyMap<string, StringMethod> = new Map(
  Object.entries<StringMethod>({
    strip: (text, given) => stripped(text, given, true, true),
    lstrip: (text, given) => stripped(text, given, true, false),
    rstrip: (text, given) => stripped(text, given, false, true),
    split: (text, given) => split(text, given),
    splitlines: (text) => list(lines(text)),
    decode: (text) => text,
    encode: (text) => text,
    format: (text, given, { node, frame }) => braceFormat(text.text, given, node, frame),
    join: (text, given, { node, frame }) => join(text, given, node, frame),
    startswith: (text, given) => some(given, (part) => text.text.startsWith(part)),
    endswith: (text, given) => some(given, (part) => text.text.endsWith(part)),
    replace: (text, given) => replace(text, given),
    lower: (text) => changed(text, text.text.toLowerCase()),
    upper: (text) => changed(text, text.text.toUpperCase()),
    find: (text, given) => found(text, given),
    partition: (text, given) => partition(text, given),
  }),
);

function changed(text: StringValue, now: string): StringValue {
  return now === text.text ? text : string(now);
}

function textArgument(given: Arguments, index: number): string | null {
  const value = given.positional[index];
  return value?.kind === 'string' ? value.text : null;
}

function stripped(text: StringValue, given: Arguments, left: boolean, right: boolean): Value | null {
  const characters = given.positional.length === 0 ? null : textArgument(given, 0);
  if (characters === null && given.positional.length > 0) return null;
  const drops = (character: string): boolean => {
    return characters === null ? /\s/.test(character) : characters.includes(character);
  };
  let from = 0;
  let to = text.text.length;
  if (left) while (from < to && drops(text.text.charAt(from))) from += 1;
  if (right) while (from < to && drops(text.text.charAt(to - 1))) to -= 1;
  return slice(text, from, to);
}

/** The lines of a text without their ends. */
export function lines(text: StringValue): readonly StringValue[] {
  const parts: StringValue[] = [];
  let at = 0;
  for (const end of text.text.matchAll(/\r\n|\n|\r/g)) {
    parts.push(slice(text, at, end.index));
    at = end.index + end[0].length;
  }
  return at < text.text.length ? [...parts, slice(text, at, text.text.length)] : parts;
}

function split(text: StringValue, given: Arguments): Value | null {
  const limit = given.positional[1] ?? given.keywords.get('maxsplit');
  if (limit !== undefined && limit.kind !== 'number') return null;
  if (given.positional.length === 0 || given.positional[0]?.kind === 'none') {
    const words = Array.from(text.text.matchAll(/\S+/g), (word) =>
      slice(text, word.index, word.index + word[0].length),
    );
    return limit === undefined ? list(words) : null;
  }
  const separator = textArgument(given, 0);
  if (separator === null || separator === '') return null;
  return list(splitAt(text, separator, limit?.value ?? -1));
}

/** Python reads `\r\n` as `\n`, so a split at lines takes both away. */
function splitAt(text: StringValue, separator: string, limit: number): readonly StringValue[] {
  const parts: StringValue[] = [];
  let from = 0;
  while (parts.length !== limit) {
    const at = text.text.indexOf(separator, from);
    if (at === -1) break;
    const end = separator === '\n' && text.text[at - 1] === '\r' && at > from ? at - 1 : at;
    parts.push(slice(text, from, end));
    from = at + separator.length;
  }
  return [...parts, slice(text, from, text.text.length)];
}

function join(text: StringValue, given: Arguments, node: SyntaxNode, frame: Frame): Value | null {
  const [items] = given.positional;
  if (items?.kind === 'computed') return items;
  if (items?.kind !== 'list') return null;
  if (items.rest !== null) return items.rest;
  if (items.items.some((item) => item.kind !== 'string')) return null;
  return joined(
    items.items.flatMap((item, index) => (index === 0 ? [item] : [text, item])),
    node,
    frame,
  );
}

function some(given: Arguments, test: (part: string) => boolean): Value | null {
  const [value] = given.positional;
  const parts = value?.kind === 'list' ? value.items : [value];
  const texts = parts.map((part) => (part?.kind === 'string' ? part.text : null));
  return texts.includes(null) ? null : boolean(texts.some((part) => part !== null && test(part)));
}

function replace(text: StringValue, given: Arguments): Value | null {
  const from = textArgument(given, 0);
  const to = textArgument(given, 1);
  if (from === null || to === null || from === '') return null;
  const now = text.text.replaceAll(from, to);
  return now.length > LIMITS.text ? null : changed(text, now);
}

function found(text: StringValue, given: Arguments): Value | null {
  const part = textArgument(given, 0);
  return part === null ? null : number(text.text.indexOf(part));
}

function partition(text: StringValue, given: Arguments): Value | null {
  const separator = textArgument(given, 0);
  if (separator === null || separator === '') return null;
  const at = text.text.indexOf(separator);
  if (at === -1) return list([text, string(''), string('')], 'tuple');
  const end = at + separator.length;
  return list([slice(text, 0, at), slice(text, at, end), slice(text, end, text.text.length)], 'tuple');
}
