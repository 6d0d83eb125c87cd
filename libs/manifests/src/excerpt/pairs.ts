/** A string of one line, escapes and all (TOML 1.0.0, "String"): no control character but tab may stand there. */
const BASIC = String.raw`"[^"\\\x00-\x08\x0a-\x1f\x7f]*(?:\\[btnfr"\\][^"\\\x00-\x08\x0a-\x1f\x7f]*)*"`;
const LITERAL = String.raw`'[^'\x00-\x08\x0a-\x1f\x7f]*'`;
const COMMENT = String.raw`#[^\x00-\x08\x0a-\x1f\x7f]*`;
const GAP = String.raw`(?:[ \t\n]|\r\n|${COMMENT}\r?\n)*`;
const STRING = `(?:${BASIC}|${LITERAL})`;
const STRINGS = String.raw`\[${GAP}(?:${STRING}${GAP}(?:,${GAP}${STRING}${GAP})*(?:,${GAP})?)?\]`;
const SCALAR = String.raw`(?:true|false|(?:0|[1-9]\d{0,14}))`;
const MEMBER = String.raw`[ \t]*[\w-]+[ \t]*=[ \t]*(?:${STRING}|${STRINGS}|${SCALAR})[ \t]*`;
const TABLE = String.raw`\{${MEMBER}(?:,${MEMBER})*\}`;
const TABLES = String.raw`\[${GAP}${TABLE}${GAP}(?:,${GAP}${TABLE}${GAP})*(?:,${GAP})?\]`;
/** 1: the key, 2: a string, 3: an array of strings; or an empty line. No text matches in two ways, so that failing takes linear time. */
const LINE = new RegExp(
  String.raw`[ \t]*(?:([\w-]+(?:\.[\w-]+)*)[ \t]*=[ \t]*(?:(${STRING})|(${STRINGS})|${SCALAR}|${TABLE}|${TABLES})[ \t]*)?(?:${COMMENT})?(?:\r?\n|$)`,
  'y',
);

/** A line `key = value`, or the few of an array. */
export interface Pair {
  /** Bare, or several of such with dots. */
  readonly key: string;
  /** A string or an array of these, as written; null for other values. */
  readonly string: string | null;
  readonly strings: string | null;
  /** All of it. */
  readonly text: string;
}

/** The pairs of a table's body; null where one is written in a way that must be read more closely. */
export function pairsOf(body: string): readonly Pair[] | null {
  const pairs: Pair[] = [];
  LINE.lastIndex = 0;
  while (LINE.lastIndex < body.length) {
    const line = LINE.exec(body);
    if (line === null) return null;
    const [text, key, string = null, strings = null] = line;
    if (key !== undefined) pairs.push({ key, string, strings, text });
  }
  return pairs;
}

/** What a written string says; null where it has escapes. */
export function stringOf(written: string): string | null {
  return written.startsWith('"') && written.includes('\\') ? null : written.slice(1, -1);
}

const TOKEN = new RegExp(`${BASIC}|${LITERAL}|${COMMENT}`, 'g');

/** The members of a written array of strings; null where one has escapes other than of quotes and backslashes. */
export function stringsOf(written: string): readonly string[] | null {
  if (!/['#\\]/.test(written)) return written.split('"').filter((_, index) => index % 2 === 1);
  const members: string[] = [];
  for (const [token] of written.matchAll(TOKEN)) {
    if (token.startsWith('#')) continue;
    const text = token.slice(1, -1);
    if (token.startsWith("'")) {
      members.push(text);
      continue;
    }
    if (/\\[btnfr]/.test(text.replaceAll('\\\\', ''))) return null;
    members.push(text.replaceAll(/\\(["\\])/g, '$1'));
  }
  return members;
}
