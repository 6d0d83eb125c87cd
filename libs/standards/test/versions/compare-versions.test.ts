import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../src/index.ts';
import { versions } from '../arbitraries.ts';
import { version } from '../read.ts';

/** Strictly ascending (PEP 440, "Summary of permitted suffixes and relative ordering"). */
const ASCENDING = [
  '0.dev0',
  '0',
  '0.9.9',
  '1.0.dev0',
  '1.0.dev3',
  '1.0.dev3+hall',
  '1.0a0.dev0',
  '1.0a0',
  '1.0a0.post0.dev0',
  '1.0a0.post0',
  '1.0a1',
  '1.0b0',
  '1.0b10',
  '1.0rc1.dev5',
  '1.0rc1',
  '1.0',
  '1.0+cello',
  '1.0+cello.alto',
  '1.0+cello.2',
  '1.0+viola',
  '1.0+0',
  '1.0+5',
  '1.0+10',
  '1.0.post0.dev0',
  '1.0.post0',
  '1.0.post9.dev1',
  '1.0.post9',
  '1.0.post10',
  '1.0.0.1.dev0',
  '1.0.1',
  '1.1.dev0',
  '1.10',
  '9007199254740992',
  '9007199254740993',
  '1!0.dev0',
  '1!0',
  '2!0',
].map(version);

describe('compareVersions', () => {
  it('puts every version before all that follow it', () => {
    const signs = ASCENDING.map((a) => ASCENDING.map((b) => Math.sign(compareVersions(a, b))));
    expect(signs).toEqual(ASCENDING.map((_, row) => ASCENDING.map((__, column) => Math.sign(row - column))));
  });

  it.each([
    ['1', '1.0.0'],
    ['1.0a1', '1.0.0a1'],
    ['0!1.2', '1.2.0.0.0'],
    ['1.0.post1.dev2+a', '1.post1.dev2+A'],
  ])('takes %s and %s for the same', (a, b) => {
    expect(compareVersions(version(a), version(b))).toBe(0);
    expect(compareVersions(version(b), version(a))).toBe(0);
  });

  it('is antisymmetric', () => {
    fc.assert(
      fc.property(versions, versions, (a, b) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        expect(compareVersions(a, a)).toBe(0);
      }),
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        const sorted = [a, b, c].sort(compareVersions);
        const orders = sorted.flatMap((x, i) => sorted.slice(i + 1).map((y) => compareVersions(x, y)));
        expect(Math.max(...orders)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
