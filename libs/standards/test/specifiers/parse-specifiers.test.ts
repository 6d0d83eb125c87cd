import { describe, expect, it } from 'vitest';
import { formatSpecifierSet, parseSpecifierSet } from '../../src/index.ts';
import { specifiers, version } from '../read.ts';

describe('parseSpecifierSet', () => {
  it('reads clauses in order', () => {
    expect(specifiers(' >=1.2 , != 1.5.* ').clauses).toEqual([
      { kind: 'ordered', operator: '>=', version: version('1.2'), wildcard: false, written: '1.2' },
      { kind: 'ordered', operator: '!=', version: version('1.5'), wildcard: true, written: '1.5.*' },
    ]);
  });

  it('reads arbitrary equality as text', () => {
    expect(specifiers('===sunday-matinee').clauses).toEqual([{ kind: 'arbitrary', written: 'sunday-matinee' }]);
  });

  it.each([
    ['', ''],
    [' ', ''],
    ['>= 1.2,<2', '>=1.2,<2'],
    ['<2, >=1.2', '<2,>=1.2'],
    ['>=1.2,', '>=1.2'],
    ['>=1.2,,<2', '>=1.2,<2'],
    ['==v1.0-RC1', '==v1.0-RC1'],
    ['==2!1.*', '==2!1.*'],
    ['~=1.2.post3', '~=1.2.post3'],
    ['=== 1.0+X', '===1.0+X'],
  ])('%j is printed as %j', (text, expected) => {
    expect(formatSpecifierSet(specifiers(text))).toBe(expected);
    expect(specifiers(expected)).toEqual(specifiers(text));
  });

  const notSpecifiers = [
    ['1.0', '==', '===', '=1', '=>1', '>= 1 2', '>=1 <2', '^1', '~1', '>=*', '==*', '>=1;<2', '(>=1)'],
    ['>=1.0+hall', '>1.0+hall', '<=1.0+hall', '<1.0+hall', '~=1.0+hall', '!=1.0.*+hall', '==1.0+hall.*'],
    ['~=1', '~=1.0.*', '<=1.0.*', '<1.*', '>=1.*', '==1.0a1.*', '!=1.0.post1.*', '==1.0.dev1.*', '==1 .*', '==1.*.*'],
  ].flat();

  it.each(notSpecifiers)('refuses %j', (text) => {
    expect(parseSpecifierSet(text)).toBeNull();
    expect(parseSpecifierSet(`>=0,${text}`)).toBeNull();
  });
});
