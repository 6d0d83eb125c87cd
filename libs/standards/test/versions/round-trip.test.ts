import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatVersion, parseVersion } from '../../src/index.ts';
import { versions } from '../arbitraries.ts';

/** Pieces that versions are made of, in any order. */
const debris = fc
  .array(fc.constantFrom('1', '0', '22', '.', '-', '_', '+', '!', 'v', 'a', 'RC', 'post', 'r', 'dev', 'x', ' ', '*'), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(''));

describe('parseVersion and formatVersion', () => {
  it('undo each other', () => {
    fc.assert(
      fc.property(versions, (version) => {
        expect(parseVersion(formatVersion(version))).toEqual(version);
      }),
    );
  });

  it('come to one canonical text, whatever the spelling', () => {
    fc.assert(
      fc.property(debris, (text) => {
        const version = parseVersion(text);
        fc.pre(version !== null);
        const canonical = formatVersion(version);
        expect(canonical).toMatch(
          /^(\d+!)?\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?(\+[a-z0-9]+(\.[a-z0-9]+)*)?$/,
        );
        expect(parseVersion(canonical)).toEqual(version);
      }),
    );
  });

  it('answer at once for texts of any length', () => {
    const endings = ['', '!', '.', 'x', '+'];
    fc.assert(
      fc.property(debris, fc.constantFrom(...endings), (piece, ending) => {
        const text = `1${piece.repeat(20_000)}${ending}`;
        const started = performance.now();
        parseVersion(text);
        expect(performance.now() - started).toBeLessThan(10_000);
      }),
      { numRuns: 40 },
    );
  });
});
