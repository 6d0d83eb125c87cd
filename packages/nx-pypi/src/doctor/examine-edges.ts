import type { PackageGraph } from '@nx-pypi/release';
import { routeOf, type Routes } from '../compose/registries/route.ts';
import { finding, type Finding } from './finding.ts';

/** Packages that need one of another registry: whoever asks one registry alone cannot install them (law 5). */
export function examineEdges(
  graph: PackageGraph,
  routes: Routes,
  tags: ReadonlyMap<string, readonly string[]>,
): readonly Finding[] {
  return [...graph.edgesFrom].flatMap(([from, edges]) =>
    edges
      .filter(({ kinds }) => kinds.some((kind) => kind !== 'group'))
      .flatMap(({ to }) => {
        const [home, theirs] = [from, to].map((name) => routeOf(name, tags.get(name), routes));
        if (home?.kind !== 'found' || theirs?.kind !== 'found' || home.value === theirs.value) return [];
        const message = `${from} goes to ${named(home.value)} and needs ${to}, which goes to ${named(theirs.value)}`;
        return [finding('options', 'warning', message, `send both to one registry, or install from both`)];
      }),
  );
}

function named(registry: string | null): string {
  return registry === null ? 'the default registry' : `the registry ${registry}`;
}
