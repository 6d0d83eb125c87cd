import { endOfDigits, isAlphanumeric, isDigit, isSeparator } from '../text/characters.ts';
import type { PrePhase, Version } from './version.ts';

/** CPython refuses to read an integer of more digits (sys.int_info.default_max_str_digits), so no installer reads such a version. */
const MAX_DIGITS = 4300;

const PRE_WORDS: readonly (readonly [word: string, phase: PrePhase])[] = [
  ['alpha', 'a'],
  ['beta', 'b'],
  ['preview', 'rc'],
  ['pre', 'rc'],
  ['rc', 'rc'],
  ['a', 'a'],
  ['b', 'b'],
  ['c', 'rc'],
];
const POST_WORDS: readonly string[] = ['post', 'rev', 'r'];

/** Reads from `text` at `at`; a reader that returns null has moved nothing. */
interface Reader {
  readonly text: string;
  at: number;
  /** A number was too long to be one. */
  overlong: boolean;
}

/** Takes any spelling of a version that PEP 440 admits, white space around it included; returns null for all else. Linear time. */
export function parseVersion(text: string): Version | null {
  const reader: Reader = { text: text.trim(), at: 0, overlong: false };
  if (lowerAt(reader, 0) === 'v') reader.at = 1;
  const head = readNumber(reader);
  if (head === null) return null;
  const hasEpoch = reader.text[reader.at] === '!';
  if (hasEpoch) reader.at += 1;
  const first = hasEpoch ? readNumber(reader) : head;
  if (first === null) return null;
  const release = readRelease(reader, first);
  const pre = readPre(reader);
  const post = readImplicitPost(reader) ?? readMarked(reader, POST_WORDS);
  const dev = readMarked(reader, ['dev']);
  const local = readLocal(reader);
  if (reader.overlong || reader.at !== reader.text.length) return null;
  return { epoch: hasEpoch ? head : 0n, release, pre, post, dev, local };
}

function readNumber(reader: Reader): bigint | null {
  const end = endOfDigits(reader.text, reader.at);
  if (end === reader.at) return null;
  const digits = reader.text.slice(reader.at, end);
  reader.at = end;
  return toNumber(reader, digits);
}

function toNumber(reader: Reader, digits: string): bigint {
  if (digits.length <= MAX_DIGITS) return BigInt(digits);
  reader.overlong = true;
  return 0n;
}

function readRelease(reader: Reader, first: bigint): readonly bigint[] {
  const release = [first];
  while (reader.text[reader.at] === '.' && isDigit(reader.text.charCodeAt(reader.at + 1))) {
    reader.at += 1;
    release.push(readNumber(reader) ?? 0n);
  }
  return release;
}

function readPre(reader: Reader): Version['pre'] {
  for (const [word, phase] of PRE_WORDS) {
    const number = readMarked(reader, [word]);
    if (number !== null) return { phase, number };
  }
  return null;
}

/** `-N`, the oldest spelling of a post-release. */
function readImplicitPost(reader: Reader): bigint | null {
  if (reader.text[reader.at] !== '-' || !isDigit(reader.text.charCodeAt(reader.at + 1))) return null;
  reader.at += 1;
  return readNumber(reader);
}

/** A separator, one of `words`, a separator and a number; all but the word may be missing, a missing number is 0. */
function readMarked(reader: Reader, words: readonly string[]): bigint | null {
  const start = isSeparator(reader.text.charCodeAt(reader.at)) ? reader.at + 1 : reader.at;
  const word = words.find((candidate) => standsAt(reader, candidate, start));
  if (word === undefined) return null;
  const end = start + word.length;
  reader.at = isSeparator(reader.text.charCodeAt(end)) ? end + 1 : end;
  return readNumber(reader) ?? 0n;
}

function standsAt(reader: Reader, word: string, at: number): boolean {
  for (let index = 0; index < word.length; index += 1) {
    if (lowerAt(reader, at + index) !== word[index]) return false;
  }
  return true;
}

function lowerAt(reader: Reader, at: number): string | undefined {
  const code = reader.text.charCodeAt(at);
  return code >= 65 && code <= 90 ? String.fromCharCode(code + 32) : reader.text[at];
}

function readLocal(reader: Reader): Version['local'] {
  if (reader.text[reader.at] !== '+') return null;
  const segments: (bigint | string)[] = [];
  let at = reader.at;
  do {
    const start = at + 1;
    at = start;
    while (isAlphanumeric(reader.text.charCodeAt(at))) at += 1;
    if (at === start) return null;
    const segment = reader.text.slice(start, at);
    const isNumber = endOfDigits(segment, 0) === segment.length;
    segments.push(isNumber ? toNumber(reader, segment) : segment.toLowerCase());
  } while (isSeparator(reader.text.charCodeAt(at)));
  reader.at = at;
  return segments;
}
