import type { PackageOutcome, ReleaseEvent } from '@nx-pypi/release';
import { describe, expect, it } from 'vitest';
import { frame } from '../../../src/report/live/frame.ts';
import { viewAfter, viewAt, type ViewState } from '../../../src/report/live/view-state.ts';

const WIDE = { columns: 80, rows: 24 };
const SKIPPED: PackageOutcome = { kind: 'skipped', release: null, because: { kind: 'run-stopped' } };
const FAILED: PackageOutcome = { kind: 'failed', release: null, problems: [], log: '' };
const UNCHANGED: PackageOutcome = { kind: 'unchanged', version: '1.0.0', why: 'digest' };

function sending(name: string, bytes = 12_400, kind = 'tar.gz'): ReleaseEvent {
  return { kind: 'sending', name, version: '1.0.1', filename: `${name}-1.0.1.${kind}`, bytes };
}

function uploaded(name: string): ReleaseEvent {
  return { kind: 'uploaded', name, outcome: { kind: 'uploaded', filename: `${name}.tar.gz`, sha256: '' } };
}

function settled(name: string, outcome: PackageOutcome): ReleaseEvent {
  return { kind: 'settled', name, path: name, outcome };
}

/** Events a second apart, from 0 on. */
function after(...events: readonly ReleaseEvent[]): ViewState {
  return events.reduce((view, event, second) => viewAfter(view, event, second * 1000), viewAt(0));
}

function shown(events: readonly ReleaseEvent[], size = WIDE): string {
  return frame(after(...events), size, events.length * 1000).join('\n');
}

describe('what the view says', () => {
  it('before anything is known', () => {
    expect(shown([])).toMatchInlineSnapshot(`"opening the workspace · 0:00"`);
  });

  it('step by step', () => {
    expect(shown([{ kind: 'reading', packages: 30 }])).toMatchInlineSnapshot(
      `"reading the registry's state of 30 · 0:01"`,
    );
    expect(shown([{ kind: 'detecting', packages: 30 }])).toMatchInlineSnapshot(
      `"comparing 30 with the registry · 0:01"`,
    );
    expect(
      shown([
        { kind: 'building', packages: 4 },
        { kind: 'built', name: 'violin' },
      ]),
    ).toMatchInlineSnapshot(`"built 1 of 4 · 0:02"`);
  });

  it('while files are on their way: counts, then each file with its size and since when', () => {
    const events = [
      { kind: 'publishing', packages: 4 } as const,
      sending('violin'),
      uploaded('violin'),
      sending('violin', 2_500_000, 'whl'),
      sending('viola', 900),
      sending('cello'),
      uploaded('cello'),
      settled('harp', FAILED),
      settled('flute', SKIPPED),
    ];
    expect(shown(events)).toMatchInlineSnapshot(`
      "done 2 of 4 · 2 uploading · 1 being verified · 1 failed · 1 skipped · 0:09
        violin 1.0.1  wheel  2.5 MB  0:06
        viola 1.0.1  sdist  900 B  0:05"
    `);
  });

  it('of what was unchanged: nothing', () => {
    expect(after(settled('oboe', UNCHANGED))).toEqual(after());
  });

  it('of a package that is decided anew: it is not on its way any more', () => {
    const view = after(sending('violin'), { kind: 'contested', name: 'violin', version: '1.0.1', by: '1.0.1' });
    expect([view.sending.size, view.verifying.size]).toEqual([0, 0]);
  });
});

describe('what fits', () => {
  const many = Array.from({ length: 20 }, (_, chair) => sending(`violin-of-the-second-row-${chair}`));

  it('is no more than eight files, and how many more there are', () => {
    const lines = shown(many).split('\n');
    expect(lines).toHaveLength(9);
    expect(lines.at(-1)).toBe('  and 13 more');
  });

  it.each([4, 5, 6, 10])('is less than %i rows, with three left to the prompt', (rows) => {
    expect(shown(many, { columns: 80, rows }).split('\n').length).toBeLessThanOrEqual(Math.max(1, rows - 3));
  });

  it.each([2, 20, 40])('is narrower than %i columns', (columns) => {
    for (const line of shown(many, { columns, rows: 24 }).split('\n')) expect(line.length).toBeLessThan(columns);
  });
});
