import { describe, expect, it } from 'vitest';
import { specifierAllows, type PreReleases } from '../../src/index.ts';
import { specifiers, version } from '../read.ts';

function allows(set: string, candidate: string, preReleases: PreReleases = 'always'): boolean {
  return specifierAllows(specifiers(set), version(candidate), preReleases);
}

/** Candidates after `in` are allowed, those after `out` are not; pre-releases count like all others. */
const CASES: readonly { readonly set: string; readonly in: string; readonly out: string }[] = [
  { set: '', in: '0.dev0 1 1+hall 5!1rc1', out: '' },
  { set: '==1.2', in: '1.2 1.2.0 1.2+hall', out: '1.2.1 1.2a1 1.2.post0 1.2.dev0 1!1.2' },
  { set: '==1.2+hall.1', in: '1.2+hall.1 1.2.0+HALL-01', out: '1.2 1.2+hall 1.2+hall.2' },
  { set: '==1.2.*', in: '1.2 1.2.dev0 1.2a1.post2 1.2.9+hall 1.2.post1', out: '1.3.dev0 1.20 1 2.1.2 1!1.2' },
  { set: '==1.0.*', in: '1 1rc1 1.0.5', out: '1.1' },
  { set: '!=1.2', in: '1.2.1 1.2a1 1.2.post0', out: '1.2 1.2.0 1.2+hall' },
  { set: '!=1.2+hall', in: '1.2 1.2+organ', out: '1.2+hall' },
  { set: '!=1.2.*', in: '1.3.dev0 1.1', out: '1.2.dev0 1.2.7' },
  { set: '>=1.2', in: '1.2 1.2+hall 1.2.post0 1.3a0 1!0', out: '1.2rc9 1.2.dev0 1.1.9' },
  { set: '<=1.2', in: '1.2 1.2+hall 1.2rc1 0', out: '1.2.post0 1.2.0.1 1!0' },
  { set: '>1.2', in: '1.2.1 1.3.dev0', out: '1.2 1.2+hall 1.2.post1 1.2.post1.dev0 1.2rc1 1.2.0.post3' },
  { set: '>1.2a1', in: '1.2a2.dev0 1.2b1 1.2', out: '1.2a1 1.2a1+hall 1.2a1.post1' },
  { set: '>1.2.post1', in: '1.2.post2 1.2.post2.dev0', out: '1.2.post1 1.2.post1+hall 1.2.post1.dev3' },
  { set: '>1.2.dev1', in: '1.2.dev2 1.2.dev2+hall 1.2 1.2.post1', out: '1.2.dev1 1.2.dev1+hall 1.2.dev0' },
  { set: '<1.2', in: '1.1 1.1.9.post4 0.dev0', out: '1.2 1.2.dev0 1.2rc1 1.2.0a1.post1 1.2+hall' },
  { set: '<1.2rc1', in: '1.2b9 1.2.dev0 1.2rc1.dev0', out: '1.2rc1 1.2rc1+hall 1.2' },
  { set: '<1.2.post1', in: '1.2 1.2.post0 1.2rc1 1.2+hall', out: '1.2.post1 1.2.post1.dev0' },
  { set: '~=1.4', in: '1.4 1.5.dev0 1.99+hall', out: '2.0 2.dev0 1.3 1.4rc1 1!1.5' },
  { set: '~=1.4.5', in: '1.4.5 1.4.10', out: '1.5.0 1.4.4 1.5.dev0' },
  { set: '~=1.4.5a4', in: '1.4.5a4 1.4.5 1.4.9rc1', out: '1.4.5a3 1.5' },
  { set: '~=2.2.post3', in: '2.2.post3 2.3', out: '2.2 3.0' },
  { set: '===1.0', in: '1.0', out: '1.0.0 1 1.0+hall' },
  { set: '===1.0.DEV5', in: '1.0.dev5', out: '1.0' },
  { set: '===sunday-matinee', in: '', out: '1' },
  { set: '>=1,<2,!=1.5', in: '1 1.4 1.5.post1', out: '0.9 1.5 2 2rc1' },
];

function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}

describe('specifierAllows', () => {
  it.each(CASES)('$set allows $in', (row) => {
    const refused = words(row.in).filter((candidate) => !allows(row.set, candidate));
    expect(refused).toEqual([]);
  });

  it.each(CASES)('$set does not allow $out', (row) => {
    const allowed = words(row.out).filter((candidate) => allows(row.set, candidate));
    expect(allowed).toEqual([]);
  });

  it.each([
    { set: '', candidate: '1.0rc1', byDefault: false },
    { set: '>=1', candidate: '2.0a1', byDefault: false },
    { set: '>=1', candidate: '2.0.post1.dev0', byDefault: false },
    { set: '>=1', candidate: '2.0.post1', byDefault: true },
    { set: '>=1.dev0', candidate: '2.0a1', byDefault: true },
    { set: '>=1,<2a0', candidate: '1.5.dev3', byDefault: true },
    { set: '==1.0rc1', candidate: '1.0rc1', byDefault: true },
    { set: '===1.0rc1', candidate: '1.0rc1', byDefault: true },
    { set: '~=1.0b2', candidate: '1.1a1', byDefault: true },
    { set: '!=1.0rc1', candidate: '1.0rc2', byDefault: false },
    { set: '==1.*', candidate: '1.0rc1', byDefault: false },
  ])('by default, $set and the pre-release $candidate: $byDefault', ({ set, candidate, byDefault }) => {
    expect(allows(set, candidate, 'default')).toBe(byDefault);
    expect(allows(set, candidate, 'always')).toBe(true);
    expect(allows(set, candidate, 'never')).toBe(isFinal(candidate));
  });
});

function isFinal(candidate: string): boolean {
  return !/a|b|rc|dev/.test(candidate);
}
