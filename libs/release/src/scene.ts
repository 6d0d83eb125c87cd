import type { Discovery, Problem, PythonPackage } from '@nx-pypi/manifests';
import { closure } from './graph/closure.ts';
import { gatingOf, type Gating } from './graph/gating.ts';
import { buildGraph, type PackageGraph } from './graph/package-graph.ts';
import type { Stop } from './model/plan.ts';
import { isPublishable, unpublishableNeeds, type PublishSelection } from './policy/publishable.ts';

/** Everything that a run knows before it asks the registry. */
export interface Scene {
  readonly graph: PackageGraph;
  readonly gating: Gating;
  /** All normalised names of the workspace, publishable or not. */
  readonly names: ReadonlySet<string>;
  /** Names that this run is asked to release and may. */
  readonly selected: ReadonlySet<string>;
  /** What has to be read and detected: the selected and all that they need. */
  readonly involved: readonly string[];
  readonly barred: ReadonlyMap<string, Stop>;
  /** Problems of manifests and names. */
  readonly problems: readonly Problem[];
}

export interface SceneOptions {
  readonly publish: PublishSelection;
  /** Nx tags by normalised name. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  /** Normalised names, or all that are publishable. */
  readonly select: readonly string[] | 'all';
  /** The members of its lockstep group by member: they are looked at together. */
  readonly lockstep: ReadonlyMap<string, readonly string[]>;
}

/** Graph, gates, and who takes part (rules A1 and A2). */
export function sceneOf(discovery: Discovery, options: SceneOptions): Scene {
  const graph = buildGraph(discovery.packages);
  const gating = gatingOf(graph);
  const publishable = publishableNames(graph, options);
  const wanted = options.select === 'all' ? [...publishable] : options.select;
  const selected = new Set(wanted.filter((name) => publishable.has(name)).toSorted());
  const involved = closure(selected, (name) =>
    [gating.waitsFor, gating.cycleOf, options.lockstep].flatMap((next) => next.get(name) ?? []),
  );
  const barred = new Map<string, Stop>();
  for (const [name, problem] of unpublishableNeeds(graph, publishable)) barred.set(name, { kind: 'problem', problem });
  return {
    graph,
    gating,
    names: new Set([...graph.packages.keys(), ...graph.duplicates.keys()]),
    selected,
    involved: gating.order.filter((name) => involved.has(name) && publishable.has(name)),
    barred,
    problems: discovery.problems,
  };
}

/** Names that may be published (rule A1); a name that two manifests claim may not (A2). */
export function publishableNames(
  graph: PackageGraph,
  options: Pick<SceneOptions, 'publish' | 'tags'>,
): ReadonlySet<string> {
  const may = ([name, pkg]: [string, PythonPackage]): boolean =>
    isPublishable(pkg, options.publish, options.tags.get(name) ?? []);
  return new Set([...graph.packages].filter(may).map(([name]) => name));
}
