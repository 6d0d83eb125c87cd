import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  complementRange,
  equalRanges,
  formatVersion,
  intersectRanges,
  isEmptyRange,
  isSubrange,
  rangeContains,
  rangeOf,
  specifierAllows,
  type SpecifierSet,
  type Version,
} from '../../src/index.ts';
import { neighboursOf, specifierTexts, versions } from '../arbitraries.ts';
import { specifiers, version } from '../read.ts';

const LOWEST = version('0.dev0');

/** Versions at every place where either set may begin or end. */
function probesOf(...sets: readonly SpecifierSet[]): readonly Version[] {
  const named = sets.flatMap(({ clauses }) =>
    clauses.flatMap((clause) => (clause.kind === 'ordered' ? [clause.version] : [])),
  );
  return [LOWEST, ...named.flatMap(neighboursOf), version('99!0')];
}

describe('rangeOf', () => {
  it('holds exactly what specifierAllows allows', () => {
    fc.assert(
      fc.property(specifierTexts, versions, (text, any) => {
        const set = specifiers(text);
        const range = rangeOf(set);
        const disputed = [any, ...probesOf(set)].filter(
          (probe) => rangeContains(range, probe) !== specifierAllows(set, probe, 'always'),
        );
        expect(disputed.map(formatVersion)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('has one form per set of versions: two ranges are equal exactly when no version tells them apart', () => {
    fc.assert(
      fc.property(specifierTexts, specifierTexts, (a, b) => {
        const [setA, setB] = [specifiers(a), specifiers(b)];
        const [left, right] = [rangeOf(setA), rangeOf(setB)];
        const probes = probesOf(setA, setB);
        const onlyLeft = probes.some((probe) => rangeContains(left, probe) && !rangeContains(right, probe));
        const onlyRight = probes.some((probe) => rangeContains(right, probe) && !rangeContains(left, probe));
        expect(equalRanges(left, right)).toBe(!onlyLeft && !onlyRight);
        expect(isSubrange(left, right)).toBe(!onlyLeft);
        expect(isEmptyRange(left)).toBe(!probes.some((probe) => rangeContains(left, probe)));
      }),
      { numRuns: 500 },
    );
  });

  it('of two sets joined is the intersection', () => {
    fc.assert(
      fc.property(specifierTexts, specifierTexts, (a, b) => {
        const joined = rangeOf(specifiers(`${a},${b}`));
        const left = rangeOf(specifiers(a));
        const right = rangeOf(specifiers(b));
        expect(equalRanges(joined, intersectRanges(left, right))).toBe(true);
        expect(equalRanges(joined, intersectRanges(right, left))).toBe(true);
        expect(isSubrange(joined, left)).toBe(true);
      }),
    );
  });
});

describe('complementRange', () => {
  it('holds all else, and undoes itself', () => {
    fc.assert(
      fc.property(specifierTexts, versions, (text, any) => {
        const range = rangeOf(specifiers(text));
        const rest = complementRange(range);
        expect(rangeContains(rest, any)).toBe(!rangeContains(range, any));
        expect(isEmptyRange(intersectRanges(range, rest))).toBe(true);
        expect(equalRanges(complementRange(rest), range)).toBe(true);
      }),
    );
  });
});
