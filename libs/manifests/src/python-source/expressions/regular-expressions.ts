import { slice } from '../values.ts';
import type { MatchValue, StringValue, Value } from '../values.ts';
import { NONE } from '../values.ts';

/** Python's pattern as a JavaScript one; null where it is not understood or might take very long on some text. */
export function translatePattern(source: string, flags: string): RegExp | null {
  const inline = /^\(\?([aimsux]+)\)/.exec(source);
  const all = flags + (inline?.[1] ?? '');
  const body = source.slice(inline?.[0].length ?? 0);
  if (all.includes('x') || !isQuick(body)) return null;
  const options = ['i', 'm', 's'].filter((flag) => all.includes(flag)).join('');
  try {
    return new RegExp(translated(body, all.includes('m')), `dg${options}`);
  } catch {
    return null;
  }
}

/** A repeated group that repeats or chooses inside can backtrack without end; many open repetitions take polynomial time. */
function isQuick(source: string): boolean {
  const open = source.replace(/\\./g, 'e').replace(/\[\^?\]?[^\]]*\]/g, 'c');
  if (/\)(?:[*+]|\{)/.test(open)) return false;
  return (open.match(/[*+]|\{\d*,\d*\}/g)?.length ?? 0) <= 8;
}

const TOKEN = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\(\?P<|\(\?P=(\w+)\)|\$|[\s\S]/g;

function translated(source: string, multiline: boolean): string {
  return source.replace(TOKEN, (token, backreference: string | undefined) => {
    if (backreference !== undefined) return `\\k<${backreference}>`;
    if (token.startsWith('[') && token.length > 1)
      return token.replace(/^\[(\^?)\]/, '[$1\\]').replace(/(?<=.)\[/g, '\\[');
    switch (token) {
      case '(?P<':
        return '(?<';
      case '\\A':
        return '(?<![\\s\\S])';
      case '\\Z':
        return '(?![\\s\\S])';
      case '\\n':
        return '\\r?\\n';
      case '$':
        return multiline ? '$' : '(?=\\r?\\n?(?![\\s\\S]))';
      default:
        return token;
    }
  });
}

/** `re.search` on a text; `anchored` for `re.match`. */
export function search(pattern: RegExp, text: StringValue, anchored: boolean): Value {
  pattern.lastIndex = 0;
  const match = pattern.exec(text.text);
  if (match === null || (anchored && match.index > 0)) return NONE;
  return matchValue(match, text);
}

/** `re.findall` for patterns with at most one group. */
export function findAll(pattern: RegExp, text: StringValue): readonly Value[] {
  return Array.from(text.text.matchAll(pattern), (match) => {
    const { groups } = matchValue(match, text);
    return groups[1] ?? groups[0] ?? NONE;
  });
}

function matchValue(match: RegExpExecArray, text: StringValue): MatchValue {
  const part = (indices: readonly [number, number] | undefined): Value => {
    return indices === undefined ? NONE : slice(text, indices[0], indices[1]);
  };
  const groups = Array.from(match, (_, index) => part(match.indices?.[index]));
  const names = Object.entries(match.indices?.groups ?? {}).map(([name, indices]) => [name, part(indices)] as const);
  return { kind: 'match', groups, names: new Map(names) };
}
