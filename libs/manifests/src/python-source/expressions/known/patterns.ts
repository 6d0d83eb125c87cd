import type { StringValue, Value } from '../../values.ts';
import { translatePattern } from '../regular-expressions.ts';
import type { KnownFunction } from './known-function.ts';

/** `re.search(pattern, text, flags)` and its like; `pattern` may be compiled. */
export function regularExpression(use: (pattern: RegExp, text: StringValue) => Value): KnownFunction {
  return (given) => {
    const [pattern, text] = given.positional;
    const flags = flagsOf(given.positional[2] ?? given.keywords.get('flags'));
    if (text?.kind !== 'string' || flags === null) return null;
    const source =
      pattern?.kind === 'pattern' ? pattern : pattern?.kind === 'string' ? { source: pattern.text, flags } : null;
    const translated = source === null ? null : translatePattern(source.source, source.flags);
    return translated === null ? null : use(translated, text);
  };
}

export const compilePattern: KnownFunction = (given) => {
  const [pattern, flag] = given.positional;
  const flags = flagsOf(flag ?? given.keywords.get('flags'));
  return pattern?.kind === 'string' && flags !== null ? { kind: 'pattern', source: pattern.text, flags } : null;
};

const FLAGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    're.M': 'm',
    're.MULTILINE': 'm',
    're.I': 'i',
    're.IGNORECASE': 'i',
    're.S': 's',
    're.DOTALL': 's',
    're.U': 'u',
    're.UNICODE': 'u',
    're.X': 'x',
    're.VERBOSE': 'x',
  }),
);

function flagsOf(value: Value | undefined): string | null {
  if (value === undefined) return '';
  return value.kind === 'known' ? (FLAGS.get(value.name) ?? null) : null;
}
