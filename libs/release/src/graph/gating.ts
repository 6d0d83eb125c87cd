import type { DependencyKind } from '@nx-pypi/manifests';
import { components } from './components.ts';
import type { PackageGraph } from './package-graph.ts';

/** What has to be visible in the index before a package's first upload, and which packages form one cycle (rule G1). */
export interface Gating {
  /** Acyclic. By name, sorted. */
  readonly waitsFor: ReadonlyMap<string, readonly string[]>;
  /** By name: the names of its cycle, itself included; only for members of a cycle. */
  readonly cycleOf: ReadonlyMap<string, readonly string[]>;
  /** All names, dependencies first. */
  readonly order: readonly string[];
}

/** Edge kinds that gate: a group (PEP 735) never reaches built metadata. */
const GATING: readonly DependencyKind[] = ['runtime', 'extra', 'build'];
/** Inside a cycle uploads follow these alone; an extra edge that closes a cycle does not gate. */
const INNER: readonly DependencyKind[] = ['runtime', 'build'];

/**
 * Rule G1. Members of a cycle wait for everything that any member needs outside it; among themselves they follow
 * runtime and build edges, and where even those form a cycle, the edge that closes it, in name order, is left out.
 */
export function gatingOf(graph: PackageGraph): Gating {
  const names = [...graph.packages.keys()];
  const all = adjacency(graph, GATING);
  const inner = adjacency(graph, INNER);
  const waitsFor = new Map<string, readonly string[]>();
  const cycleOf = new Map<string, readonly string[]>();
  const order: string[] = [];
  for (const component of components(names, (name) => all.get(name) ?? [])) {
    const [first] = component;
    if (component.length === 1 && first !== undefined) {
      waitsFor.set(
        first,
        (all.get(first) ?? []).filter((target) => target !== first),
      );
      order.push(first);
      continue;
    }
    const members = new Set(component);
    const outside = [...new Set(component.flatMap((name) => all.get(name) ?? []).filter((name) => !members.has(name)))];
    const sequence = sequenceWithin(component, (name) =>
      (inner.get(name) ?? []).filter((target) => members.has(target)),
    );
    for (const [position, name] of sequence.entries()) {
      const before = new Set(sequence.slice(0, position));
      const within = (inner.get(name) ?? []).filter((target) => before.has(target));
      waitsFor.set(name, [...outside, ...within].toSorted());
      cycleOf.set(name, component);
    }
    order.push(...sequence);
  }
  return { waitsFor, cycleOf, order };
}

function adjacency(graph: PackageGraph, kinds: readonly DependencyKind[]): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, readonly string[]>();
  for (const [name, edges] of graph.edgesFrom) {
    targets.set(
      name,
      edges
        .filter((edge) => graph.packages.has(edge.to) && edge.kinds.some((kind) => kinds.includes(kind)))
        .map((edge) => edge.to),
    );
  }
  return targets;
}

/** Dependencies first by depth-first search; an edge back to an open node is passed over. */
function sequenceWithin(names: readonly string[], edges: (name: string) => readonly string[]): readonly string[] {
  return components(names, edges).flatMap((component) => {
    if (component.length < names.length) return sequenceWithin(component, edges);
    const [first, ...rest] = component.toSorted();
    if (first === undefined || rest.length === 0) return component;
    // Every node of this component lies on a runtime cycle: the first name goes first, its needs inside follow it.
    return [first, ...sequenceWithin(rest, (name) => edges(name).filter((target) => target !== first))];
  });
}
