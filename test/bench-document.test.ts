import { describe, expect, test } from 'vitest';
import { renderDocument } from '../tools/bench/document/document.ts';
import { type Figure, judge } from '../tools/bench/document/goal.ts';
import { goals } from '../tools/bench/document/goals.ts';
import { drawGrowth } from '../tools/bench/growth/plot.ts';
import type { RowReport } from '../tools/bench/report.ts';
import type { Sample } from '../tools/bench/row.ts';
import { rows } from '../tools/bench/rows.ts';
import { summarize } from '../tools/bench/statistics.ts';

/** A row with one sample per side: milliseconds of processor time, MiB. */
function report(name: string, sides: Readonly<Record<string, readonly [number, number]>>, growth = false): RowReport {
  const sample = ([cpu, memory]: readonly [number, number]): Sample => ({
    milliseconds: cpu * 2,
    cpu,
    memory,
    outcome: 'all seated',
  });
  const summaries = summarize(Object.entries(sides).map(([side, figures]) => ({ side, samples: [sample(figures)] })));
  return { name, question: 'how long until all are seated', growth, limit: 'the aisle', summaries };
}

const seating = report('seating', { oboes: [400, 30], 'oboes, again': [100, 20], 'a rival, one by one': [6000, 90] });

describe('a goal', () => {
  const reached = (figure: Figure) => judge({ stage: 'seating', promise: '', figure }, [seating]);

  test.each<[string, Figure, ReturnType<typeof judge>]>([
    [
      'below',
      { kind: 'below', row: 'seating', side: 'oboes', of: 'cpu', limit: 500 },
      { reached: '0.40 s', met: true },
    ],
    [
      'not below',
      { kind: 'below', row: 'seating', side: 'oboes', of: 'cpu', limit: 400 },
      { reached: '0.40 s', met: false },
    ],
    [
      'by the clock',
      { kind: 'below', row: 'seating', side: 'a rival', of: 'median', limit: 500 },
      { reached: '12 s', met: false },
    ],
    [
      'in memory',
      { kind: 'below', row: 'seating', side: 'oboes', of: 'memory', limit: 31 },
      { reached: '30 MiB', met: true },
    ],
    [
      'faster enough',
      { kind: 'times', row: 'seating', side: 'a rival', by: 'oboes', of: 'cpu', atLeast: 15 },
      { reached: '15.0 times', met: true },
    ],
    [
      'not faster enough',
      { kind: 'times', row: 'seating', side: 'a rival', by: 'oboes', of: 'cpu', atLeast: 16 },
      { reached: '15.0 times', met: false },
    ],
    [
      'dear at most',
      { kind: 'times', row: 'seating', side: 'a rival', by: 'oboes', of: 'cpu', atMost: 2 },
      { reached: '15.0 times', met: false },
    ],
    ['of a row that was not measured', { kind: 'growth', row: 'tuning' }, null],
    ['of a side that is not there', { kind: 'below', row: 'seating', side: 'harps', of: 'cpu', limit: 9 }, null],
  ])('%s', (_name, figure, expected) => {
    expect(reached(figure)).toEqual(expected);
  });

  test('of growth is missed by what grows faster than sorting', () => {
    const growing = (power: number) =>
      report('hall', Object.fromEntries([100, 1000, 10_000].map((size) => [String(size), [size ** power, 1]])), true);
    const met = (power: number) =>
      judge({ stage: '', promise: '', figure: { kind: 'growth', row: 'hall' } }, [growing(power)])?.met;
    expect([met(1), met(1.05), met(1.3), met(2)]).toEqual([true, true, false, false]);
  });

  test('names a row that is measured', () => {
    const names = new Set(rows.map(({ name }) => name));
    expect(goals.map(({ figure }) => figure.row).filter((row) => !names.has(row))).toEqual([]);
  });
});

test('rows have names of their own', () => {
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

test('the document holds goals met, missed and not measured, growth with its bound, and every row', () => {
  const hall = report('hall', { '100': [50, 1], '1000': [500, 1], '3000': [1500, 1] }, true);
  const measured = { date: '2026-11-21T08:00:00Z', machine: 'two desks', load: 0.1, product: 'f00', seconds: 3 };
  const text = renderDocument({
    reports: [
      { ...seating, measured },
      { ...hall, measured },
    ],
    goals: [
      {
        stage: 'seat',
        promise: 'soon',
        figure: { kind: 'below', row: 'seating', side: 'oboes', of: 'cpu', limit: 500 },
      },
      {
        stage: 'seat',
        promise: 'sooner',
        figure: { kind: 'below', row: 'seating', side: 'oboes', of: 'cpu', limit: 50 },
      },
      { stage: 'tune', promise: 'once', figure: { kind: 'growth', row: 'tuning' } },
    ],
    peers: { rival: '3.1' },
  });
  expect(text).toContain('Measured: 2026-11-21; two desks; load when a row began: 0.1 to 0.1.');
  expect(text).toContain('Beside: rival 3.1.');
  expect(text).toContain(
    '| seat | soon | 0.40 s | yes |\n| seat | sooner | 0.40 s | **no** |\n| tune | once | not measured |  |',
  );
  expect(text).toMatch(/\| hall \| 100 to 3000 \| n\^1\.00 \| n\^1\.\d\d \| 1\.50 s \| 50 % \| the aisle \|/);
  expect(text).toContain('### seating\n\nHow long until all are seated. Load when it began: 0.1.');
  expect(text).toContain(
    '| a rival, one by one | 12000 | 12000 | 12000 | 15.00 | 6000 | 15.00 | 90 | 1 | all seated |',
  );
});

test('names of curves that end at one place are drawn one below the other', () => {
  const points = [
    { size: 100, cost: 10 },
    { size: 1000, cost: 100 },
  ];
  const svg = drawGrowth([
    { name: 'violins', points },
    { name: 'violas', points },
  ]);
  const heights = [...svg.matchAll(/y="([\d.]+)"[^>]*>viol/g)].map(([, y]) => Number(y));
  expect(heights).toHaveLength(2);
  expect(Math.abs((heights[0] ?? 0) - (heights[1] ?? 0))).toBeGreaterThanOrEqual(12);
});
