import { describe, expect, it } from 'vitest';
import { equalRanges, intersectRanges, isEmptyRange, isSubrange, rangeOf, type VersionRange } from '../../src/index.ts';
import { specifiers } from '../read.ts';

function range(text: string): VersionRange {
  return rangeOf(specifiers(text));
}

describe('equalRanges', () => {
  it.each([
    ['>=1,<2', '<2.0,>=1.0.0'],
    ['~=1.4', '>=1.4,==1.*'],
    ['~=1.4.5', '>=1.4.5,<1.5.dev0'],
    ['==1.2.*', '>=1.2.dev0,<1.3.dev0'],
    ['<2', '<2.dev0'],
    ['<2.post1', '<2.post1.dev0'],
    ['>1.0.dev4', '>=1.0.dev5'],
    ['>1.0.post4', '>=1.0.post5.dev0'],
    ['>1.0a4', '>=1.0a5.dev0'],
    ['<=1.0a4', '<1.0a4.post0.dev0'],
    ['>=1,!=1', '>=1.post0.dev0'],
    ['', '>=0.dev0'],
    ['>=1,>=1,>=0', '>=1'],
    ['!=1.5,>=2', '>=2'],
    ['==1.0', '>=1.0,<=1.0'],
    ['===1.0rc1', '===1.0RC1'],
    ['===sunday', '<0'],
  ])('%j is %j', (a, b) => {
    expect(equalRanges(range(a), range(b))).toBe(true);
    expect(range(a).intervals.length).toBe(range(b).intervals.length);
  });

  it.each([
    ['>=1,<2', '>=1,<2.1'],
    ['<2', '<2rc1'],
    ['<=2', '<2.0.1'],
    ['>1', '>=1.post0.dev0'],
    ['>1', '>=1.0.1.dev0'],
    ['==1', '==1+hall'],
    ['==1', '===1'],
    ['==1.2.*', '~=1.2.0'],
    ['>=1', '>=1!1'],
    ['!=1', ''],
    ['!=1', '!=1+hall'],
  ])('%j is not %j', (a, b) => {
    expect(equalRanges(range(a), range(b))).toBe(false);
    expect(equalRanges(range(b), range(a))).toBe(false);
  });
});

describe('isEmptyRange', () => {
  const empty = [
    ['>=2,<2', '>=0.3.0,<0.3.0', '>2,<2', '>1,<=1', '==1,!=1', '==1.*,!=1.*', '==1,==1!1', '<0', '<0.dev0'],
    ['>1.0.dev0,<1.0.dev1', '>1.0a1,<1.0a2.dev0', '>=2,<2.dev0', '>=2rc1,<2', '>1,<1.post3'],
    ['==1+a,==1+b', '>1,==1+a', '===1,===2', '===loaf'],
  ].flat();

  it.each(empty)('nothing lies in %j', (text) => {
    expect(isEmptyRange(range(text))).toBe(true);
  });

  const inhabited = ['', '<0rc1', '>=2,<=2', '>=2,<2.post1', '>=2rc1,<2rc2', '>1,<1.0.1', '==1,!=1+a', '==1+a,==1'];

  it.each(inhabited)('something lies in %j', (text) => {
    expect(isEmptyRange(range(text))).toBe(false);
  });
});

describe('isSubrange', () => {
  it.each([
    ['~=1.4.2', '>=1,<2'],
    ['>=1.2,<1.3', '==1.2.*'],
    ['==1.5', '>=1,!=1.4'],
    ['==1+hall', '==1'],
    ['>=2,<2', '==9'],
    ['>=1', ''],
    ['<1,!=0.5', '!=0.5'],
  ])('%j lies in %j, not the other way round', (a, b) => {
    expect(isSubrange(range(a), range(b))).toBe(true);
    expect(isSubrange(range(b), range(a))).toBe(false);
  });

  it('every range lies in itself', () => {
    for (const text of ['', '>=1,!=1.5,<2', '<0']) expect(isSubrange(range(text), range(text))).toBe(true);
  });
});

describe('intersectRanges', () => {
  it('keeps what is in both', () => {
    const both = intersectRanges(range('>=1,!=1.5,!=1.7'), range('<2,!=1.5'));
    expect(equalRanges(both, range('>=1,<2,!=1.5,!=1.7'))).toBe(true);
    expect(both.intervals.length).toBe(3);
  });
});
