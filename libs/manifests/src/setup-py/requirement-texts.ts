import type { ReadText, Spot } from '../model.ts';
import type { Computed, SourceSpan, StringValue, Value } from '../python-source/values.ts';
import { slice } from '../python-source/values.ts';
import type { RequirementItem } from '../setup-cfg/requirement-items.ts';

interface Script {
  readonly file: string;
  readonly readText: ReadText;
}

interface Found {
  readonly items: readonly RequirementItem[];
  readonly rest: Computed | null;
}

/**
 * The requirements in an argument: a string of lines, or a list of such (setuptools, `_reqs.parse`: comments and empty lines
 * are left out, lists may be nested). Null where the argument is empty, which leaves it to setup.cfg.
 */
export function requirementItems(value: Value, script: Script): Found | null {
  if (value.kind === 'computed') return { items: [], rest: value };
  const texts: StringValue[] = [];
  let rest: Computed | null = null;
  const pending: Value[] = [value];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    if (next.kind === 'string') texts.push(next);
    else if (next.kind === 'computed') rest ??= next;
    else if (next.kind === 'list') {
      pending.unshift(...next.items);
      rest ??= next.rest;
    }
  }
  const items = texts.flatMap((text) => linesIn(text).map((line) => itemOf(line, text, script)));
  return items.length === 0 && rest === null ? null : { items, rest };
}

/** Lines without white space around them and without comments, which begin a line or follow white space. */
function linesIn(text: StringValue): readonly StringValue[] {
  const lines: StringValue[] = [];
  for (const match of text.text.matchAll(/[^\r\n]+/g)) {
    const comment = match[0].search(/(?:^|\s)#/);
    const line = (comment === -1 ? match[0] : match[0].slice(0, comment)).trimEnd();
    const indent = line.length - line.trimStart().length;
    if (line !== '') lines.push(slice(text, match.index + indent, match.index + line.length));
  }
  return lines;
}

function itemOf(line: StringValue, whole: StringValue, { file, readText }: Script): RequirementItem {
  const isWhole = whole.text.trim() === line.text;
  const span = line.origin ?? (isWhole ? whole.expression : null);
  return { text: line.text, spot: span === null ? nowhere(file) : spotAt(span, readText) };
}

function spotAt({ file, start, end }: SourceSpan, readText: ReadText): Spot {
  return { kind: 'span', file, start, end, text: (readText(file) ?? '').slice(start, end) };
}

/** A requirement that was put together from parts: there is no text to edit. */
function nowhere(file: string): Spot {
  return { kind: 'span', file, start: 0, end: 0, text: '' };
}
