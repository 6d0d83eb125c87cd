import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatingOf } from '../../src/graph/gating.ts';
import { buildGraph } from '../../src/graph/package-graph.ts';
import { packageOf, type PackageSpec } from '../packages.ts';

function gates(specs: readonly PackageSpec[]) {
  return gatingOf(buildGraph(specs.map(packageOf)));
}

describe('G1: what a package waits for', () => {
  it('waits for runtime, extra and build needs, never for groups', () => {
    const { waitsFor } = gates([
      { name: 'score' },
      { name: 'strings' },
      { name: 'brass' },
      { name: 'rehearsal' },
      {
        name: 'concert',
        needs: ['score'],
        extras: { loud: ['brass'] },
        buildNeeds: ['strings'],
        groups: { dev: ['rehearsal'] },
      },
    ]);
    expect(waitsFor.get('concert')).toEqual(['brass', 'score', 'strings']);
  });

  it('lets an extra that closes a cycle gate nothing', () => {
    const { waitsFor, cycleOf } = gates([
      { name: 'core', extras: { all: ['flute', 'oboe'] } },
      { name: 'flute', needs: ['core'] },
      { name: 'oboe', needs: ['core'] },
    ]);
    expect(waitsFor.get('core')).toEqual([]);
    expect(waitsFor.get('flute')).toEqual(['core']);
    expect(cycleOf.get('oboe')).toEqual(['core', 'flute', 'oboe']);
  });

  it('makes every member of a cycle wait for what lies outside it', () => {
    const { waitsFor } = gates([
      { name: 'pitch' },
      { name: 'core', extras: { all: ['flute'] } },
      { name: 'flute', needs: ['core', 'pitch'] },
    ]);
    expect(waitsFor.get('core')).toEqual(['pitch']);
    expect(waitsFor.get('flute')).toEqual(['core', 'pitch']);
  });

  it('opens a runtime cycle at one edge', () => {
    const { waitsFor, order } = gates([
      { name: 'left', needs: ['right'] },
      { name: 'right', needs: ['left'] },
    ]);
    const edges = order.flatMap((name) => (waitsFor.get(name) ?? []).map((need) => [name, need]));
    expect(edges).toHaveLength(1);
  });

  it('never waits for itself', () => {
    expect(gates([{ name: 'echo', needs: ['echo>=1'] }]).waitsFor.get('echo')).toEqual([]);
  });

  it('gives an order in which everything comes after what it waits for, whatever the graph', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const edge = fc.record({ from: fc.constantFrom(...names), to: fc.constantFrom(...names), extra: fc.boolean() });
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 18 }), (edges) => {
        const { waitsFor, order } = gates(
          names.map((name) => ({
            name,
            needs: edges.filter((each) => each.from === name && !each.extra).map((each) => each.to),
            extras: { more: edges.filter((each) => each.from === name && each.extra).map((each) => each.to) },
          })),
        );
        expect([...order].toSorted()).toEqual(names);
        for (const [position, name] of order.entries()) {
          for (const need of waitsFor.get(name) ?? []) expect(order.indexOf(need)).toBeLessThan(position);
        }
      }),
    );
  });
});
