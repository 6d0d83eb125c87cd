import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findAssignment } from '../../src/python-source/find-assignment.ts';

function replaced(source: string, name: string, value: string): string {
  const found = findAssignment(source, name);
  return found.kind === 'literal' ? source.slice(0, found.start) + value + source.slice(found.end) : found.kind;
}

describe('findAssignment', () => {
  it.each([
    ['double quotes', '__version__ = "1.2.3"\n'],
    ['single quotes', "__version__ = '1.2.3'\n"],
    ['three quotes', "__version__ = '''1.2.3'''\n"],
    ['three double quotes', '__version__ = """1.2.3"""\n'],
    ['a unicode prefix', "__version__ = u'1.2.3'\n"],
    ['a raw prefix', 'import strings\n__version__ = R"1.2.3"'],
    ['an annotation', '__version__: str = "1.2.3"\n'],
    ['parentheses', '__version__ = (\n    "1.2.3"  # the season\n)\n'],
    ['several targets', 'VERSION = __version__ = "1.2.3"\n'],
    ['a tuple of targets', '__author__, __version__ = "Clara", "1.2.3"\n'],
    ['no spaces, a comment, a semicolon', '__version__="1.2.3"; x = 1 # __version__ = "9"\n'],
    ['CRLF', '"""Strings."""\r\n__version__ = "1.2.3"\r\n'],
    ['a byte order mark', '\uFEFF__version__ = "1.2.3"\n'],
    ['tabs', '__version__\t=\t"1.2.3"\n'],
    ['a continued line', '__version__ = \\\n    "1.2.3"\n'],
    ['a later assignment', '__version__ = "1.2.3"\n__version__ += "+local"\n'],
    ['an assignment in a docstring before it', '"""\n__version__ = "0"\n"""\n__version__ = "1.2.3"\n'],
    ['a line of Python 2 before it', 'print "adagio"\nexec "x"\n\n__version__ = "1.2.3"\n'],
  ])('finds the text between the quotes: %s', (_, source) => {
    expect(replaced(source, '__version__', '2.0')).toBe(source.replace('1.2.3', '2.0'));
  });

  it.each([
    ['VERSION = (1, 2)', 'a tuple (line 1)'],
    ['VERSION = 1, 2', 'a tuple (line 1)'],
    ['\n\nVERSION = "1." "2"', 'a string in several parts (line 3)'],
    ['VERSION = f"1.{minor}"', 'an f-string (line 1)'],
    ['VERSION = "1." + minor', 'put together by an operator (line 1)'],
    ['VERSION = read()', 'the result of a call (line 1)'],
    ['VERSION = b"1.2"', 'a bytes literal (line 1)'],
    ['VERSION = "1\\x2e2"', 'a string with escapes (line 1)'],
    ['VERSION = other', 'a copy of another name (line 1)'],
  ])('says why %j is computed', (source, reason) => {
    expect(findAssignment(source, 'VERSION')).toEqual({ kind: 'computed', reason });
  });

  it.each([
    ['nothing', ''],
    ['another name', 'VERSIONS = "1"'],
    ['a function', 'def release():\n    VERSION = "1"\n'],
    ['a condition', 'if True:\n    VERSION = "1"\n'],
    ['a class', 'class Score:\n    VERSION = "1"\n'],
    ['a declaration without a value', 'VERSION: str\n'],
    ['a comparison', 'VERSION == "1"\n'],
    ['a keyword', 'tune(VERSION="1")\n'],
    ['an attribute', 'orchestra.VERSION = "1"\n'],
  ])('finds no module-level assignment in %s', (_, source) => {
    expect(findAssignment(source, 'VERSION')).toEqual({ kind: 'absent' });
  });

  it('points at the value in any text', () => {
    const piece = constantFrom(
      'VERSION',
      '=',
      '"',
      "'''",
      '1.0',
      '\n',
      '\r\n',
      '(',
      ')',
      ' ',
      '\\',
      '#',
      'u',
      'if x:',
      '\uFEFF',
    );
    assert(
      property(array(piece, { maxLength: 40 }), (pieces) => {
        const source = pieces.join('');
        const found = findAssignment(source, 'VERSION');
        const pointsAtValue = found.kind !== 'literal' || source.slice(found.start, found.end) === found.value;
        expect(pointsAtValue).toBe(true);
      }),
    );
  });
});
