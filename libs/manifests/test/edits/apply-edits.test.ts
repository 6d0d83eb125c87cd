import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyEdits } from '../../src/edits/apply-edits.ts';

const file = 'score.txt';

it('leaves every byte outside of the edits, in whatever order they come', () => {
  const piece = fc.record({ kept: fc.string(), old: fc.string(), text: fc.string() });
  fc.assert(
    fc.property(fc.array(piece), fc.infiniteStream(fc.nat()), (pieces, order) => {
      let at = 0;
      const edits = pieces.map(({ kept, old, text }) => {
        const start = at + kept.length;
        at = start + old.length;
        return { edit: { file, start, end: at, text }, rank: order.next().value ?? 0 };
      });
      fc.pre(pieces.every(({ kept, old }) => kept + old !== ''));
      const before = pieces.map(({ kept, old }) => kept + old).join('');
      const after = pieces.map(({ kept, text }) => kept + text).join('');
      const distinct =
        new Set(edits.map(({ edit }) => `${String(edit.start)}:${String(edit.end)}`)).size === edits.length;
      fc.pre(distinct);
      expect(
        applyEdits(
          before,
          edits.toSorted((a, b) => a.rank - b.rank).map(({ edit }) => edit),
        ),
      ).toBe(after);
    }),
  );
});

it.each([
  [
    [
      { start: 0, end: 3 },
      { start: 2, end: 4 },
    ],
  ],
  [[{ start: 3, end: 9 }]],
  [[{ start: 3, end: 2 }]],
])('takes overlapping edits and edits outside for a bug: %j', (spans) => {
  expect(() =>
    applyEdits(
      'violin',
      spans.map((span) => ({ file, ...span, text: 'x' })),
    ),
  ).toThrow(RangeError);
});
