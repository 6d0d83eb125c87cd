/** What stands under one header, from the end of its line to the next header. */
export interface Section {
  /** As written between the brackets: bare keys with dots, which may be followed by quoted ones. */
  readonly header: string;
  /** `[[header]]` */
  readonly isArray: boolean;
  readonly body: string;
  /** Header and body. */
  readonly text: string;
}

const HEADER = /\[(\[?)([\w-]+(?:\.(?:"[^"\\\n]*"|[\w-]+))*)(\]\]?)[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;
const INDENTED = /^[ \t]+\[/m;
const NOTHING_BEFORE = /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n)*\[/;

/**
 * Cuts TOML at the lines that open a table, without reading what stands between. Null where such lines can't be told from others
 * with certainty: beside strings of many lines and indented brackets, below values without a header, at an unusual header.
 */
export function sectionsOf(text: string): readonly Section[] | null {
  const first = NOTHING_BEFORE.exec(text);
  if (first === null || text.includes('"""') || text.includes("'''") || INDENTED.test(text)) return null;
  const sections: Section[] = [];
  let at = first[0].length - 1;
  while (at < text.length) {
    HEADER.lastIndex = at;
    const header = HEADER.exec(text);
    if (header === null) return null;
    const [line, second = '', keys = '', closing = ''] = header;
    if (closing.length !== second.length + 1) return null;
    const start = at + line.length;
    const next = text.indexOf('\n[', start - 1);
    const end = next < 0 ? text.length : next + 1;
    sections.push({ header: keys, isArray: second !== '', body: text.slice(start, end), text: text.slice(at, end) });
    at = end;
  }
  return sections;
}
