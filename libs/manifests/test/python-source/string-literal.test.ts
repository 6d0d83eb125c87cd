import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { pythonLiteral, readStringLiteral } from '../../src/python-source/string-literal.ts';
import { parsePython } from '../../src/python-source/syntax.ts';

function read(source: string): ReturnType<typeof readStringLiteral> {
  const document = parsePython('score.py', source);
  const node = document.root.firstChild?.firstChild;
  return node?.name === 'String' ? readStringLiteral(document, node) : null;
}

describe('string literals', () => {
  it.each([
    [String.raw`"a\nb"`, 'a\nb'],
    [String.raw`r"a\nb"`, String.raw`a\nb`],
    [String.raw`'\'\"\\\t'`, '\'"\\\t'],
    [String.raw`'\x41\u0042\U00000043\104'`, 'ABCD'],
    ['"a\\\nb"', 'ab'],
    ["'''a'b\n'''", "a'b\n"],
    [String.raw`"\d\N{DASH}"`, String.raw`\d\N{DASH}`],
    [String.raw`"\U99999999"`, String.raw`\U99999999`],
    ['""', ''],
  ])('reads %s as Python does', (source, value) => {
    expect(read(source)?.value).toBe(value);
  });

  it('has no value where the closing quote is missing', () => {
    expect(read('"adagio\n')).toBeNull();
  });

  it('reads back what it writes', () => {
    assert(
      property(string({ unit: 'grapheme-ascii' }), (text) => {
        expect(read(pythonLiteral(text))?.value).toBe(text);
      }),
    );
  });
});
