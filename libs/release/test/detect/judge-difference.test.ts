import { describe, expect, it } from 'vitest';
import { judgeDifference } from '../../src/detect/judge-difference.ts';
import { splitReasons } from '../../src/detect/split-reasons.ts';
import type { Reason } from '../../src/model/change.ts';

function modified(...paths: readonly string[]): Reason {
  return { kind: 'files', added: [], removed: [], modified: paths };
}

function field(name: string): Reason {
  return { kind: 'metadata', fields: [{ field: name, before: ['old'], after: ['new'] }] };
}

const range: Reason = { kind: 'dependency-range', dependency: 'pitch', before: '>=1', after: '>=2' };
const nothing = { rebuilt: null, again: [], sameDigest: null };

describe('D6: what the baseline itself shows with the tools of today does not count', () => {
  it.each<[string, readonly Reason[], readonly Reason[] | null, unknown]>([
    [
      'no sdist: everything counts',
      [modified('a.py')],
      null,
      { kind: 'changed', reasons: [modified('a.py')], notes: [] },
    ],
    [
      'no difference from the rebuilt one: unchanged, and said',
      [modified('a.py'), field('License')],
      [],
      {
        kind: 'unchanged',
        by: 'comparison',
        notes: [{ kind: 'toolchain', differences: ['License', 'a.py'] }],
      },
    ],
    [
      'the edit counts, the rest is noted',
      [modified('a.py', 'licence'), field('Dynamic')],
      [modified('a.py')],
      {
        kind: 'changed',
        reasons: [modified('a.py')],
        notes: [{ kind: 'toolchain', differences: ['Dynamic', 'licence'] }],
      },
    ],
    [
      'what equals the published file is no change, although the sdist did not have it',
      [field('License')],
      [modified('generated.py')],
      { kind: 'unchanged', by: 'comparison', notes: [{ kind: 'toolchain', differences: ['License'] }] },
    ],
    [
      'a licence file that only newer backends find is theirs',
      [{ kind: 'files', added: ['licence COPYING'], removed: [], modified: [] }],
      [{ kind: 'files', added: ['licence COPYING'], removed: [], modified: [] }],
      { kind: 'unchanged', by: 'comparison', notes: [{ kind: 'toolchain', differences: ['licence COPYING'] }] },
    ],
    [
      'a requirement is one difference, as range or as field',
      [range],
      [field('Requires-Dist')],
      { kind: 'changed', reasons: [range], notes: [] },
    ],
  ])('%s', (_, published, rebuilt, verdict) => {
    expect(judgeDifference({ ...nothing, published, rebuilt })).toEqual(verdict);
  });
});

it('D6: the note of the toolchain names the tools where they are known', () => {
  const makers = { before: 'hatchling 1.27.0', after: 'hatchling 1.28.0' };
  const verdict = judgeDifference({ ...nothing, published: [field('License')], rebuilt: [], makers });
  expect(verdict.notes).toEqual([{ kind: 'toolchain', differences: ['License'], tools: makers }]);
});

describe('D7: where two builds of one stage differ', () => {
  const unreproducible: Reason = { kind: 'unreproducible', differences: ['built.py'] };

  it('the same digest means the same package, and that is said', () => {
    expect(
      judgeDifference({
        ...nothing,
        published: [modified('built.py')],
        again: [modified('built.py')],
        sameDigest: true,
      }),
    ).toEqual({ kind: 'unchanged', by: 'digest', notes: [unreproducible] });
  });

  it('another digest means a change, whose reasons are what is stable', () => {
    const published = [modified('a.py', 'built.py')];
    expect(judgeDifference({ ...nothing, published, again: [modified('built.py')], sameDigest: false })).toEqual({
      kind: 'changed',
      reasons: [modified('a.py')],
      notes: [unreproducible],
    });
  });

  it.each([[false], [null]])(
    'with nothing stable, and no digest that says the same (%s), it is the reason',
    (sameDigest) => {
      const published = [modified('built.py')];
      expect(judgeDifference({ ...nothing, published, again: published, sameDigest })).toEqual({
        kind: 'changed',
        reasons: [unreproducible],
        notes: [],
      });
    },
  );
});

it('D6: a licence file beside a baseline of ours is an addition', () => {
  const published: readonly Reason[] = [{ kind: 'files', added: ['licence COPYING'], removed: [], modified: [] }];
  const verdict = judgeDifference({ ...nothing, published, rebuilt: published, sameDigest: false });
  expect(verdict).toEqual({ kind: 'changed', reasons: published, notes: [] });
});

it('D6: spelling of a field does not divide', () => {
  expect(splitReasons([field('Home-page')], [field('home-Page')])).toEqual({ shared: [field('Home-page')], alone: [] });
});
