import fc from 'fast-check';
import { parseSpecifierSet, parseVersion, specifierAllows } from '@nx-pypi/standards';
import { describe, expect, it } from 'vitest';
import { nextMajorRange, restyledSpecifier } from '../../src/index.ts';
import { poetryConstraint } from '../../src/poetry/constraint/poetry-constraint.ts';

describe('F1: restyledSpecifier', () => {
  it.each([
    ['~=1.4', '2.0.3', '~=2.0'],
    ['~=1.4.2', '1.5.0', '~=1.5.0'],
    ['~=1.4.2', '2.1', '~=2.1.0'],
    ['~=1.4', '2.0.0rc1', '~=2.0.0rc1'],
    ['==1.2.3', '1.3.0', '==1.3.0'],
    ['==1.2.*', '1.3.4', '==1.3.*'],
    ['===1.2.3', '1.3.0', '===1.3.0'],
    ['>=1,<2', '2.1.3', '>=2.1.3,<3'],
    ['>=1.0,<2.0', '2.1.3', '>=2.1.3,<3.0'],
    ['<2,>=1', '2.1.3', '<3,>=2.1.3'],
    ['>=1,<2', '1.5.0', '>=1.5.0,<2'],
    ['>=0.4,<0.5', '0.5.1', '>=0.5.1,<0.6'],
    ['>=0.4,<1', '0.5.1', '>=0.5.1,<1'],
    ['>=0.4,<1', '1.2.0', '>=1.2.0,<2'],
    ['>=1.4,<1.5', '1.5.2', '>=1.5.2,<1.6'],
    ['>=1,<=1.9', '2.0', '>=2.0,<3'],
    ['>=1,<2,!=1.5', '2.0', '>=2.0,<3,!=1.5'],
    ['>=1,<2,!=2.0', '2.0', '>=2.0,<3'],
    ['>=1.2', '2.0', '>=1.2'],
    ['>=1.2', '1.0', '>=1.0'],
    ['>=1.2', '2.0.0rc1', '>=2.0.0rc1'],
    ['>2', '1.5', '>=1.5'],
    ['<2', '2.5', '<3'],
    ['<=2', '2.5', '<=2.5'],
    ['!=1.5', '1.5', '>=1.5,<2'],
    ['~=1.4,>=1.4.3', '2.0', '~=2.0'],
    ['>=1,<2', '1!1.0', '>=1!1.0,<1!2'],
  ])('%s for %s is %s', (specifier, version, expected) => {
    const declaration = { specifier, written: `tuba${specifier}`, directReference: false };
    expect(restyledSpecifier(declaration, 'pep621', version)).toEqual({ specifier: expected, written: expected });
  });

  it.each([
    ['^1.2', '2.0.3', '^2.0', '>=2.0,<3.0'],
    ['^1.2.3', '2.0.3', '^2.0.3', '>=2.0.3,<3.0.0'],
    ['^1', '2.0.3', '^2', '>=2,<3'],
    ['^0.3', '0.4.1', '^0.4', '>=0.4,<0.5'],
    ['^1.2', '2.0.0rc1', '^2.0.0rc1', '>=2.0.0rc1,<3.0.0'],
    ['~1.2', '1.3.4', '~1.3', '>=1.3,<1.4'],
    ['1.2.3', '1.3.0', '1.3.0', '==1.3.0'],
    ['1.*', '2.5', '2.*', '==2.*'],
    ['>=1.2 <2.0', '2.5', '>=2.5,<3.0', '>=2.5,<3.0'],
    ['^1.0 || ^2.0', '3.1', '>=3.1,<4.0', '>=3.1,<4.0'],
  ])('in Poetry %s for %s is %s', (written, version, expected, specifier) => {
    const reading = poetryConstraint(written);
    const declaration = {
      written,
      specifier: reading.kind === 'specifier' ? reading.specifier : '',
      directReference: false,
    };
    expect(restyledSpecifier(declaration, 'poetry', version)).toEqual({ specifier, written: expected });
  });

  it('has nothing to restyle in bare names, direct references and for no version', () => {
    expect(restyledSpecifier({ specifier: '', written: 'tuba', directReference: false }, 'pep621', '1.0')).toBeNull();
    expect(restyledSpecifier({ specifier: '', written: '../tuba', directReference: true }, 'poetry', '1.0')).toBeNull();
    expect(
      restyledSpecifier({ specifier: '>=1', written: 'tuba>=1', directReference: false }, 'pep621', 'one'),
    ).toBeNull();
  });

  const number = fc.nat(12);
  const release = fc.array(number, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
  const version = fc
    .tuple(
      fc.constantFrom('', '', '', '1!'),
      release,
      fc.constantFrom('', '', 'a1', 'rc2', '.post3', '.dev4', '+local'),
    )
    .map((parts) => parts.join(''));
  const clause = fc
    .tuple(fc.constantFrom('>=', '>', '<', '<=', '==', '!=', '~='), release)
    .map(([operator, bound]) => (operator === '~=' && !bound.includes('.') ? `~=${bound}.0` : operator + bound));
  const specifier = fc.array(clause, { minLength: 1, maxLength: 4 }).map((clauses) => clauses.join(','));

  function admits(text: string, candidate: string): boolean {
    const set = parseSpecifierSet(text);
    const parsed = parseVersion(candidate);
    return set !== null && parsed !== null && specifierAllows(set, parsed, 'default');
  }

  it('admits the version that it was made for, whatever the style', () => {
    fc.assert(
      fc.property(specifier, version, (text, candidate) => {
        const restyled = restyledSpecifier(
          { specifier: text, written: text, directReference: false },
          'pep621',
          candidate,
        );
        expect(admits(restyled?.specifier ?? '<0', candidate)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('admits it in Poetry too, and writes what Poetry reads as the specifier', () => {
    const constraint = fc.tuple(fc.constantFrom('^', '~', '', '>=', '<'), release).map((parts) => parts.join(''));
    fc.assert(
      fc.property(constraint, version, (written, candidate) => {
        const reading = poetryConstraint(written);
        const declared = {
          written,
          specifier: reading.kind === 'specifier' ? reading.specifier : '',
          directReference: false,
        };
        const restyled = restyledSpecifier(declared, 'poetry', candidate);
        expect(admits(restyled?.specifier ?? '<0', candidate)).toBe(true);
        expect(poetryConstraint(restyled?.written ?? '')).toEqual({
          kind: 'specifier',
          specifier: restyled?.specifier,
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the next-major range, which admits its version too', () => {
    fc.assert(
      fc.property(version, (candidate) => {
        expect(admits(nextMajorRange(candidate), candidate)).toBe(true);
      }),
    );
  });
});

describe('F1: nextMajorRange', () => {
  it.each([
    ['1.2.3', '>=1.2.3,<2'],
    ['2', '>=2,<3'],
    ['0.4.1', '>=0.4.1,<0.5'],
    ['0', '>=0,<0.1'],
    ['0.0.3', '>=0.0.3,<0.1'],
    ['1.0.0-rc.1', '>=1.0.0rc1,<2'],
    ['1.2.3.post1', '>=1.2.3.post1,<2'],
    ['1.2.3+hall.1', '>=1.2.3,<2'],
    ['2!1.2', '>=2!1.2,<2!2'],
    ['2026.11.21', '>=2026.11.21,<2027'],
  ])('%s ships %s', (version, range) => {
    expect(nextMajorRange(version)).toBe(range);
  });

  it('takes what is no version for a bug', () => {
    expect(() => nextMajorRange('latest')).toThrow(RangeError);
  });
});
