import { assert, integer, property } from 'fast-check';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { growthExponent, sortingExponent } from '../tools/bench/growth/exponent.ts';
import { growthCurves } from '../tools/bench/growth/curves.ts';
import { drawGrowth } from '../tools/bench/growth/plot.ts';
import { interleave } from '../tools/bench/interleave.ts';
import { drawPackages, mixedBackends } from '../tools/bench/monorepo/packages.ts';
import { drawShape, type Shape, usualShape } from '../tools/bench/monorepo/shape.ts';
import { growthLine, renderRow } from '../tools/bench/report.ts';
import type { Side } from '../tools/bench/row.ts';
import { openSlowLink } from '../tools/bench/servers/slow-link.ts';
import { median, type Summary, summarize } from '../tools/bench/statistics.ts';

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
        return Promise.resolve({ milliseconds: order.length, cpu: 1, outcome: name });
      },
    });
    const measured = await interleave([side('oboe'), side('flute')], { rounds: 3, seconds: 60 });
    expect(order).toEqual(['oboe', 'flute', 'flute', 'oboe', 'oboe', 'flute']);
    expect(measured.map(({ side: name, samples }) => [name, samples.map(({ milliseconds }) => milliseconds)])).toEqual([
      ['oboe', [1, 4, 5]],
      ['flute', [2, 3, 6]],
    ]);
  });

  test('come from one round at least, and from no more than there is time for', async () => {
    const side: Side = { name: 'tuba', measure: () => Promise.resolve({ milliseconds: 1, cpu: 1, outcome: '' }) };
    const [hasty] = await interleave([side], { rounds: 9, seconds: 0 });
    const [patient] = await interleave([side], { rounds: 9, seconds: 60 });
    expect([hasty?.samples.length, patient?.samples.length]).toEqual([1, 9]);
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
    const sample = (milliseconds: number, outcome: string) => ({ milliseconds, cpu: milliseconds / 2, outcome });
    const summaries = summarize([
      {
        side: 'nx-pypi',
        samples: [
          { ...sample(90, '10 edges'), memory: 64 },
          { ...sample(110, '10 edges'), memory: 60 },
        ],
      },
      { side: 'another plugin', samples: [sample(1250, '10 edges'), sample(1250, '9 edges')] },
    ]);
    const row = { name: 'graph', question: 'how long for the graph', growth: false, summaries };
    expect(renderRow(row)).toMatchInlineSnapshot(`
      "graph: how long for the graph
        side            median ms  fastest  slowest  ratio  CPU ms  ratio  MiB  rounds  outcome
        nx-pypi               100       90      110   1.00      50   1.00   64       2  10 edges
        another plugin       1250     1250     1250  12.50     625  12.50            2  10 edges | 9 edges"
    `);
  });
});

describe('growth', () => {
  const sizes = [100, 300, 1000, 3000, 10_000];
  const points = (cost: (size: number) => number) => sizes.map((size) => ({ size, cost: cost(size) }));

  test.each([
    ['linear', (size: number) => 3 * size, 1],
    ['quadratic', (size: number) => size ** 2 / 7, 2],
    ['constant', () => 40, 0],
  ])('that is %s has its exponent', (_name, cost, expected) => {
    expect(growthExponent(points(cost))).toBeCloseTo(expected, 10);
  });

  test('is not hidden by what every size costs', () => {
    expect(growthExponent(points((size) => 60 + size / 5))).toBeGreaterThan(0.85);
    expect(growthExponent(points((size) => 60 + size ** 2 / 1e4))).toBeGreaterThan(1.5);
  });

  test('of n·log n lies a little above linear', () => {
    expect(sortingExponent(points(() => 1))).toBeCloseTo(1.12, 1);
  });

  test('is drawn with a curve and its exponent for every row', () => {
    const summaries = sizes.map((size) => ({ ...summarize([{ side: String(size), samples: [sampleOf(size)] }])[0] }));
    const report = { name: 'graph-growth', question: '', growth: true, summaries: summaries as Summary[] };
    const svg = drawGrowth(growthCurves([report, { ...report, name: 'no growth', growth: false }]));
    expect(svg).toContain('graph-growth: n^1.00');
    expect(svg.match(/<circle/g)).toHaveLength(sizes.length);
    expect(growthLine(report.summaries)).toContain('to the power of 1.00');
  });
});

test('a slow link lets bytes through in order, a round trip later, and two before a new connection is answered', async () => {
  const server = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const link = await openSlowLink((server.address() as AddressInfo).port, 40);
  const client = connect(link.port, '127.0.0.1');
  const start = performance.now();
  const sent = Array.from({ length: 50 }, (_, index) => `bar ${index}\n`).join('');
  let received = '';
  for (const line of sent.split(/(?<=\n)/)) {
    client.write(line);
    if (line.includes('5')) await new Promise((resolve) => setTimeout(resolve, 0.7));
  }
  for await (const chunk of client) {
    received += String(chunk);
    if (received.length === sent.length) break;
  }
  expect(received).toBe(sent);
  expect(performance.now() - start).toBeGreaterThan(75);
  await link.close();
  server.close();
});

function sampleOf(size: number) {
  return { milliseconds: size, cpu: size * 2, outcome: `${size} packages` };
}
