import { endOfDigits, isAlphanumeric, isDigit, isSeparator } from '../text/characters.ts';
import type { PrePhase, Version } from './version.ts';

/** CPython refuses to read an integer of more digits (sys.int_info.default_max_str_digits), so no installer reads such a version. */
const MAX_DIGITS = 4300;

/** Up to this many digits a number is exact in a double, which is the quicker way to it. */
const MAX_EXACT_DIGITS = 15;

/** Longer words first: no word is taken for the beginning of another. */
const PRE_WORDS: readonly (readonly [word: string, phase: PrePhase])[] = [
  ['alpha', 'a'],
  ['a', 'a'],
  ['beta', 'b'],
  ['b', 'b'],
  ['preview', 'rc'],
  ['pre', 'rc'],
  ['rc', 'rc'],
  ['c', 'rc'],
];
const POST_WORDS: readonly string[] = ['post', 'rev', 'r'];
const DEV_WORDS: readonly string[] = ['dev'];

const DASH = 45;
const DOT = 46;
const PLUS = 43;
const BANG = 33;
const LOWER_V = 118;
const UPPER_V = 86;
/** The bit that tells an ASCII letter's cases apart. */
const CASE_BIT = 32;

/** A place in the text that the functions below move forward; those that return null leave it where it was. */
interface Reader {
  readonly text: string;
  at: number;
  /** A number was too long to be one. */
  overlong: boolean;
}

/** Takes any spelling of a version that PEP 440 admits, white space around it included; returns null for all else. Linear time. */
export function parseVersion(text: string): Version | null {
  const reader: Reader = { text: text.trim(), at: 0, overlong: false };
  const start = codeAt(reader);
  if (start === LOWER_V || start === UPPER_V) reader.at = 1;
  const head = readNumber(reader);
  if (head === null) return null;
  const hasEpoch = codeAt(reader) === BANG;
  if (hasEpoch) reader.at += 1;
  const first = hasEpoch ? readNumber(reader) : head;
  if (first === null) return null;
  const release = readRelease(reader, first);
  const isFinal = reader.at === reader.text.length;
  const pre = isFinal ? null : readPre(reader);
  const post = isFinal ? null : (readImplicitPost(reader) ?? readMarked(reader, POST_WORDS));
  const dev = isFinal ? null : readMarked(reader, DEV_WORDS);
  const local = isFinal ? null : readLocal(reader);
  if (reader.overlong || reader.at !== reader.text.length) return null;
  return { epoch: hasEpoch ? head : 0n, release, pre, post, dev, local };
}

function codeAt(reader: Reader): number {
  return reader.text.charCodeAt(reader.at);
}

function readNumber(reader: Reader): bigint | null {
  const start = reader.at;
  reader.at = endOfDigits(reader.text, start);
  return reader.at === start ? null : toNumber(reader, reader.text.slice(start, reader.at));
}

function toNumber(reader: Reader, digits: string): bigint {
  if (digits.length <= MAX_EXACT_DIGITS) return BigInt(Number(digits));
  if (digits.length <= MAX_DIGITS) return BigInt(digits);
  reader.overlong = true;
  return 0n;
}

function readRelease(reader: Reader, first: bigint): readonly bigint[] {
  const release = [first];
  while (codeAt(reader) === DOT && isDigit(reader.text.charCodeAt(reader.at + 1))) {
    reader.at += 1;
    release.push(readNumber(reader) ?? 0n);
  }
  return release;
}

function readPre(reader: Reader): Version['pre'] {
  const start = afterSeparator(reader.text, reader.at);
  const found = PRE_WORDS.find(([word]) => standsAt(reader.text, word, start));
  if (found === undefined) return null;
  const [word, phase] = found;
  return { phase, number: readMarkedNumber(reader, start + word.length) };
}

/** `-N`, the oldest spelling of a post-release. */
function readImplicitPost(reader: Reader): bigint | null {
  if (codeAt(reader) !== DASH || !isDigit(reader.text.charCodeAt(reader.at + 1))) return null;
  reader.at += 1;
  return readNumber(reader);
}

/** A separator, one of `words`, a separator and a number; all but the word may be missing. */
function readMarked(reader: Reader, words: readonly string[]): bigint | null {
  const start = afterSeparator(reader.text, reader.at);
  const word = words.find((candidate) => standsAt(reader.text, candidate, start));
  return word === undefined ? null : readMarkedNumber(reader, start + word.length);
}

/** The number after a word that ends at `end`; a missing one is 0. */
function readMarkedNumber(reader: Reader, end: number): bigint {
  reader.at = afterSeparator(reader.text, end);
  return readNumber(reader) ?? 0n;
}

function afterSeparator(text: string, at: number): number {
  return isSeparator(text.charCodeAt(at)) ? at + 1 : at;
}

/** Whether `word`, which is in lower case, stands at `at` in any case. */
function standsAt(text: string, word: string, at: number): boolean {
  for (let index = 0; index < word.length; index += 1) {
    if ((text.charCodeAt(at + index) | CASE_BIT) !== word.charCodeAt(index)) return false;
  }
  return true;
}

function readLocal(reader: Reader): Version['local'] {
  if (codeAt(reader) !== PLUS) return null;
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
