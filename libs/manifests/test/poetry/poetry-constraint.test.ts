import fc from 'fast-check';
import { parseSpecifierSet, parseVersion, specifierAllows } from '@nx-pypi/standards';
import { describe, expect, it } from 'vitest';
import { poetryConstraint } from '../../src/poetry/constraint/poetry-constraint.ts';

describe('poetryConstraint', () => {
  it.each([
    ['^1.2.3', '>=1.2.3,<2.0.0'],
    ['^1.2', '>=1.2,<2.0'],
    ['^1', '>=1,<2'],
    ['^0.2.3', '>=0.2.3,<0.3.0'],
    ['^0.0.3', '>=0.0.3,<0.0.4'],
    ['^0.0.0', '>=0.0.0,<0.0.1'],
    ['^0.0', '>=0.0,<0.1'],
    ['^0', '>=0,<1'],
    ['^1.2.3a1', '>=1.2.3a1,<2.0.0'],
    ['^1.2.3-beta.1', '>=1.2.3b1,<2.0.0'],
    ['^1.2.3.4', '>=1.2.3.4,<2.0.0.0'],
    ['^1!1.2', '>=1!1.2,<1!2.0'],
    ['^v1.2', '>=1.2,<2.0'],
    ['~1.2.3', '>=1.2.3,<1.3.0'],
    ['~1.2.3.4', '>=1.2.3.4,<1.3.0.0'],
    ['~1.2', '>=1.2,<1.3'],
    ['~1.2a1', '>=1.2a1,<1.3'],
    ['~1', '>=1,<2'],
    ['~0', '>=0,<1'],
    ['~0.2', '>=0.2,<0.3'],
    ['~=1.4.2', '>=1.4.2,<1.5.0'],
    ['~=1', '>=1,<2'],
    ['1.2.3', '==1.2.3'],
    ['=1.2', '==1.2'],
    ['==1.2', '==1.2'],
    ['v1.2', '==1.2'],
    ['1.2.3-rc.1', '==1.2.3rc1'],
    ['1.0+local', '==1.0+local'],
    ['1.*', '==1.*'],
    ['1.2.*', '==1.2.*'],
    ['==1.2.*', '==1.2.*'],
    ['!=1.2.*', '!=1.2.*'],
    ['>=1.*', '>=1'],
    ['*', ''],
    ['x', ''],
    ['>=1.2 <2.0', '>=1.2,<2.0'],
    ['>= 1.2, <2.0', '>=1.2,<2.0'],
    ['> 1.2,<=2', '>1.2,<=2'],
    ['>=1.0,!=1.5,<2', '>=1.0,!=1.5,<2'],
    ['^1.2,!=1.3.0', '>=1.2,<2.0,!=1.3.0'],
  ])('%s means %s, as poetry-core writes it', (constraint, specifier) => {
    expect(poetryConstraint(constraint)).toEqual({ kind: 'specifier', specifier });
  });

  it.each([
    ['^1.0||^2.0', '>=1.0,<3.0'],
    ['^1.0 | ^2.0', '>=1.0,<3.0'],
    ['^2 || ^3 || ^4', '>=2,<5'],
    ['^1.0||^3.0', '>=1.0,<4.0,!=2.*'],
    ['~1.2 || ~1.4', '>=1.2,<1.5,!=1.3.*'],
    ['<1.5||>1.5', '!=1.5'],
    ['<1.5 || >=1.7', '!=1.5.*,!=1.6.*'],
    ['^2.0 || >=2.5', '>=2.0'],
    ['1.* || 2.*', '>=1,<3'],
    ['1.2 || 1.2', '==1.2'],
    ['<2.0||>=2.0', ''],
    ['* || ^1', ''],
  ])('unites the alternatives of %s to %s, which PEP 440 can say', (constraint, specifier) => {
    expect(poetryConstraint(constraint)).toEqual({ kind: 'specifier', specifier });
  });

  it.each(['1.2||1.3', '<=1 || >=2', '!=1.5 || ^2', '<1.5 || >2'])(
    'does not pretend that PEP 440 can say %s',
    (text) => {
      expect(poetryConstraint(text)).toMatchObject({ kind: 'error', reason: expect.stringContaining('alternatives') });
    },
  );

  it.each(['', ' ', '1.2.x', '===1.2', '^1.*', '~> 1.2', '1.2 - 2.0', '^', 'latest', '^1.0 ||'])(
    'takes %j for no constraint',
    (text) => {
      expect(poetryConstraint(text)).toMatchObject({
        kind: 'error',
        reason: expect.stringContaining('not a constraint'),
      });
    },
  );

  it('admits through alternatives exactly what one of them admits', () => {
    const release = fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
    const alternative = fc
      .tuple(fc.constantFrom('^', '~', '>=', '<'), release)
      .map(([operator, bound]) => operator + bound);
    fc.assert(
      fc.property(fc.array(alternative, { minLength: 2, maxLength: 3 }), release, (alternatives, version) => {
        const united = poetryConstraint(alternatives.join(' || '));
        fc.pre(united.kind === 'specifier');
        const admits = (constraint: string): boolean => {
          const reading = poetryConstraint(constraint);
          const set = parseSpecifierSet(reading.kind === 'specifier' ? reading.specifier : '<0');
          const parsed = parseVersion(version);
          return set !== null && parsed !== null && specifierAllows(set, parsed, 'always');
        };
        expect(admits(alternatives.join(' || '))).toBe(alternatives.some(admits));
      }),
      { numRuns: 500 },
    );
  });
});
