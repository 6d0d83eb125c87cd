/**
 * Strongly connected components of a directed graph, dependencies first (Tarjan, iterative: package graphs of
 * thousands of nodes must not meet the call stack's limit).
 * Names within a component, and components without an order between them, come in the order of `nodes`.
 */
export function components(
  nodes: readonly string[],
  edges: (node: string) => readonly string[],
): readonly (readonly string[])[] {
  const search: Search = { index: new Map(), low: new Map(), stack: [], onStack: new Set(), found: [] };
  const known = new Set(nodes);
  for (const node of nodes) {
    if (!search.index.has(node)) visit(node, (name) => edges(name).filter((target) => known.has(target)), search);
  }
  const rank = new Map(nodes.map((node, index) => [node, index]));
  return search.found.map((names) => names.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0)));
}

interface Search {
  readonly index: Map<string, number>;
  readonly low: Map<string, number>;
  readonly stack: string[];
  readonly onStack: Set<string>;
  readonly found: string[][];
}

function visit(root: string, edges: (node: string) => readonly string[], search: Search): void {
  const work: { node: string; targets: readonly string[]; next: number }[] = [enter(root, edges, search)];
  for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
    const target = frame.targets[frame.next];
    frame.next += 1;
    if (target === undefined) {
      work.pop();
      leave(frame.node, work.at(-1)?.node, search);
    } else if (!search.index.has(target)) {
      work.push(enter(target, edges, search));
    } else if (search.onStack.has(target)) {
      lower(frame.node, search.index.get(target) ?? 0, search);
    }
  }
}

function enter(node: string, edges: (node: string) => readonly string[], search: Search) {
  const index = search.index.size;
  search.index.set(node, index);
  search.low.set(node, index);
  search.stack.push(node);
  search.onStack.add(node);
  return { node, targets: edges(node), next: 0 };
}

function leave(node: string, parent: string | undefined, search: Search): void {
  const low = search.low.get(node) ?? 0;
  if (parent !== undefined) lower(parent, low, search);
  if (low !== search.index.get(node)) return;
  const start = search.stack.lastIndexOf(node);
  const names = search.stack.splice(start);
  for (const name of names) search.onStack.delete(name);
  search.found.push(names);
}

function lower(node: string, value: number, search: Search): void {
  search.low.set(node, Math.min(search.low.get(node) ?? value, value));
}
