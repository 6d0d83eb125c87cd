import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterGood, afterStrain, fullPace, GOOD_RUN, isStrain, type Pace } from '../../src/http/pace.ts';

const most = integer({ min: 1, max: 64 });
const answers = array(record({ kind: constantFrom('good', 'strain'), lag: integer({ min: 0, max: 3 }) }), {
  maxLength: 300,
});

function after(pace: Pace, answer: { readonly kind: string; readonly lag: number }, underWay = pace.allowed): Pace {
  return answer.kind === 'good' ? afterGood(pace) : afterStrain(pace, { era: pace.era - answer.lag, underWay });
}

function goodAnswers(pace: Pace, count: number): Pace {
  return Array.from({ length: count }).reduce<Pace>(afterGood, pace);
}

describe('the pace', () => {
  test('stays from one to the most, whatever is answered in whatever order', () => {
    assert(
      property(most, answers, integer({ min: 0, max: 100 }), (top, all, underWay) => {
        let pace = fullPace(top);
        for (const answer of all) {
          pace = after(pace, answer, underWay);
          expect(pace.allowed).toBeGreaterThanOrEqual(1);
          expect(pace.allowed).toBeLessThanOrEqual(top);
        }
      }),
    );
  });

  test('changes by one upwards, and downwards to half at most', () => {
    assert(
      property(most, answers, (top, all) => {
        let pace = fullPace(top);
        for (const answer of all) {
          const next = after(pace, answer);
          const half = Math.max(1, Math.floor(pace.allowed / 2));
          expect([half, pace.allowed, pace.allowed + 1]).toContain(next.allowed);
          pace = next;
        }
      }),
    );
  });

  test('a wave of refusals is one cut, however many requests were under way', () => {
    assert(
      property(integer({ min: 2, max: 64 }), (top) => {
        const { era } = fullPace(top);
        const wave = Array.from({ length: top });
        const end = wave.reduce<Pace>((pace) => afterStrain(pace, { era, underWay: top }), fullPace(top));
        expect(end.allowed).toBe(Math.floor(top / 2));
      }),
    );
  });

  test('halves what was under way: of sixty-four that may be, the eight that were are too many', () => {
    expect(afterStrain(fullPace(64), { era: 0, underWay: 8 }).allowed).toBe(4);
  });

  test('comes back to the most from every state, in so many good answers as it lacks, times the run', () => {
    assert(
      property(most, answers, (top, all) => {
        const pace = all.reduce<Pace>((before, answer) => after(before, answer), fullPace(top));
        expect(goodAnswers(pace, (top - pace.allowed) * GOOD_RUN).allowed).toBe(top);
      }),
    );
  });

  test('one answer less than a run changes nothing, and a strained one begins the run anew', () => {
    const cut = afterStrain(fullPace(10), { era: 0, underWay: 10 });
    const nearly = goodAnswers(cut, GOOD_RUN - 1);
    expect(nearly.allowed).toBe(5);
    expect(afterGood(nearly).allowed).toBe(6);
    expect(afterGood(afterStrain(nearly, { era: 0, underWay: 10 })).allowed).toBe(5);
  });

  test.each([
    [429, true],
    [503, true],
    [504, true],
    [200, false],
    [400, false],
    [404, false],
    [500, false],
    [502, false],
  ])('%i tells of strain: %s', (status, strained) => {
    expect(isStrain(status)).toBe(strained);
  });
});
