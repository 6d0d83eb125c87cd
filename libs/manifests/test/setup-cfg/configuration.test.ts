import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findOption, optionItems, optionText, readConfiguration } from '../../src/setup-cfg/configuration.ts';
import type { ConfigurationSection } from '../../src/setup-cfg/configuration.ts';

function sectionsOf(content: string): readonly ConfigurationSection[] {
  const reading = readConfiguration(content);
  return reading.kind === 'configuration' ? reading.sections : [];
}

function plain(content: string): Record<string, Record<string, string>> {
  const sections = sectionsOf(content).map(({ name, options }) => {
    return [name, Object.fromEntries(options.map((option) => [option.name, optionText(option) ?? '']))] as const;
  });
  return Object.fromEntries(sections);
}

describe('readConfiguration', () => {
  it.each([
    ['equal signs and colons', '[a]\nx = 1\ny: 2\nz=3\nw:4=5\n', { a: { x: '1', y: '2', z: '3', w: '4=5' } }],
    ['values on indented lines', '[a]\nx =\n    1\n\t2\n\n    3\ny = 4\n', { a: { x: '1\n2\n3', y: '4' } }],
    ['a value that goes on', '[a]\nx = 1\n  2\n', { a: { x: '1\n2' } }],
    ['comment lines anywhere', '# c\n[a]\n; c\nx =\n    1\n# c\n    ; c\n    2\n', { a: { x: '1\n2' } }],
    ['no comments behind values', '[a]\nx = 1 # 2 ; 3\n', { a: { x: '1 # 2 ; 3' } }],
    ['no interpolation', '[a]\nx = %(y)s ${z}\n', { a: { x: '%(y)s ${z}' } }],
    ['empty values', '[a]\nx =\ny:\n', { a: { x: '', y: '' } }],
    ['indented headers and options', '  [a]\n  x = 1\n    2\n  y = 3\n', { a: { x: '1\n2', y: '3' } }],
    [
      'brackets in a header',
      '[options.extras_require]\nx = 1\n[a]b]\n',
      { 'options.extras_require': { x: '1' }, 'a]b': {} },
    ],
    ['something behind a header', '[a] # c\nx = 1\n', { a: { x: '1' } }],
    ['CRLF and bare CR', '[a]\r\nx =\r\n  1\r\n  2\r\n[b]\ry = 3\r', { a: { x: '1\n2' }, b: { y: '3' } }],
    ['a byte order mark', '\uFEFF[a]\nx = 1', { a: { x: '1' } }],
    ['an option that looks like a header inside a value', '[a]\nx =\n  [b]\n  y = 1\n', { a: { x: '[b]\ny = 1' } }],
    ['no final line end', '[a]\nx = 1', { a: { x: '1' } }],
    ['nothing', '', {}],
  ])('reads %s as RawConfigParser does', (_, content, expected) => {
    expect(plain(content)).toEqual(expected);
  });

  it.each([
    ['x = 1\n', 1, "'x = 1' stands before the first [section]"],
    ['[a]\nnothing\n', 2, "'nothing' is no `option = value`"],
    ['[a]\n= 1\n', 2, "'= 1' is no `option = value`"],
    ['[a]\nx = 1\n\n[a]\n', 4, 'section [a] is there twice'],
    ['[a]\nx = 1\nx = 2\n', 3, 'option x is there twice in [a]'],
  ])('refuses %j', (content, line, message) => {
    expect(readConfiguration(content)).toEqual({ kind: 'error', line, message });
  });

  it('finds options by any spelling of their names', () => {
    const sections = sectionsOf('[options]\nPython-Requires = >=3.9\n');
    expect(optionText(findOption(sections, 'options', 'python_requires'))).toBe('>=3.9');
    expect(findOption(sections, 'metadata', 'python_requires')).toBeNull();
  });

  it.each([
    ['x = a, b,, c', ',', ['a', 'b', 'c']],
    ['x = a; b', ';', ['a', 'b']],
    ['x = a, b', ';', ['a, b']],
    ['x =\n  a, b\n  c', ',', ['a, b', 'c']],
    ['x = a, b\n  c', ',', ['a, b', 'c']],
    ['x =', ',', []],
  ] as const)('splits %j at %s', (option, separator, expected) => {
    const found = findOption(sectionsOf(`[a]\n${option}\n`), 'a', 'x');
    expect(optionItems(found, separator).map(({ text }) => text)).toEqual(expected);
  });

  it('points at every item in any text', () => {
    const piece = constantFrom(
      '[a]',
      '[b]',
      'x = 1',
      'y: a; b',
      'z =',
      '\n',
      '\r\n',
      '\r',
      '  ',
      '\t',
      'c>=1',
      '# c',
      ';',
      '\uFEFF',
      '=',
    );
    assert(
      property(array(piece, { maxLength: 30 }), (pieces) => {
        const content = pieces.join('');
        for (const option of sectionsOf(content).flatMap(({ options }) => options)) {
          expect(content.slice(option.start)).toMatch(new RegExp(`^${option.name.replaceAll(/\W/g, String.raw`\$&`)}`));
          const items = [...option.value, ...optionItems(option, ';')];
          expect(items.map(({ start, end }) => content.slice(start, end))).toEqual(items.map(({ text }) => text));
        }
      }),
    );
  });
});
