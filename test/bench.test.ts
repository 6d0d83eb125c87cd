import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interleave } from '../tools/bench/interleave.ts';
import { drawPackages, mixedBackends } from '../tools/bench/monorepo/packages.ts';
import { drawShape, type Shape, usualShape } from '../tools/bench/monorepo/shape.ts';
import { renderRow } from '../tools/bench/report.ts';
import type { Side } from '../tools/bench/row.ts';
import { median, summarize } from '../tools/bench/statistics.ts';

/** Packages on the longest chain that starts at `index`. */
function chain(shape: Shape, index: number): number {
  const below = shape.packages[index]?.dependencies ?? [];
  return 1 + Math.max(0, ...below.map((one) => chain(shape, one)));
}

describe('the drawn monorepo', () => {
  test('has as many edges, as deep chains and as few cores as asked', () => {
    const shape = drawShape(usualShape(200));
    const dependents = shape.packages.map(
      (_, index) => shape.packages.filter(({ dependencies }) => dependencies.includes(index)).length,
    );
    expect(shape.packages).toHaveLength(200);
    expect(shape.edges).toBe(500);
    expect(Math.max(...shape.packages.map((_, index) => chain(shape, index)))).toBe(8);
    expect(shape.packages.filter(({ dependencies }) => dependencies.length === 0)).toHaveLength(2);
    expect((dependents[0] ?? 0) + (dependents[1] ?? 0)).toBeGreaterThan(150);
  });

  test('is without cycles and the same every time', () => {
    assert(
      property(integer({ min: 10, max: 120 }), (packages) => {
        const shape = drawShape(usualShape(packages));
        const edges = shape.packages.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
        expect(edges).toBe(shape.edges);
        shape.packages.forEach(({ dependencies }, index) =>
          expect(dependencies.every((one) => one < index)).toBe(true),
        );
        expect(drawShape(usualShape(packages))).toEqual(shape);
      }),
      { numRuns: 30 },
    );
  });

  test('mixes the backends', () => {
    const backends = drawPackages(usualShape(20), mixedBackends).map(({ backend }) => backend);
    expect(new Set(backends)).toEqual(new Set(mixedBackends));
  });
});

describe('the figures', () => {
  test('come from rounds that alternate their direction', async () => {
    const order: string[] = [];
    const side = (name: string): Side => ({
      name,
      measure: () => {
        order.push(name);
        return Promise.resolve({ milliseconds: order.length, outcome: name });
      },
    });
    const measured = await interleave([side('oboe'), side('flute')], 3);
    expect(order).toEqual(['oboe', 'flute', 'flute', 'oboe', 'oboe', 'flute']);
    expect(measured.map(({ side: name, samples }) => [name, samples.map(({ milliseconds }) => milliseconds)])).toEqual([
      ['oboe', [1, 4, 5]],
      ['flute', [2, 3, 6]],
    ]);
  });

  test.each([
    [[3], 3],
    [[4, 1], 2.5],
    [[9, 1, 5], 5],
    [[10, 9, 2, 1], 5.5],
  ])('median of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test('are shown beside what came out, divided by the first side', () => {
    const sample = (milliseconds: number, outcome: string) => ({ milliseconds, outcome });
    const summaries = summarize([
      { side: 'nx-pypi', samples: [sample(90, '10 edges'), sample(110, '10 edges')] },
      { side: 'another plugin', samples: [sample(1250, '10 edges'), sample(1250, '9 edges')] },
    ]);
    expect(renderRow('graph', 'how long for the graph', summaries)).toMatchInlineSnapshot(`
      "graph: how long for the graph
        side            median ms  fastest  slowest  ratio  rounds  outcome
        nx-pypi               100       90      110   1.00       2  10 edges
        another plugin       1250     1250     1250  12.50       2  10 edges | 9 edges"
    `);
  });
});
