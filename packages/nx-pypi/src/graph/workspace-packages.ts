import { discoverPackages, type Discovery, type ReadText } from '@nx-pypi/manifests';
import {
  edgesOf,
  gatingOf,
  buildGraph,
  publishableNames,
  type Gating,
  type PackageGraph,
  type PublishSelection,
} from '@nx-pypi/release';
import { givenNames } from './given-names.ts';
import { linkedOutside, type Link } from './links.ts';
import { nestedPackages } from './nested-packages.ts';
import { projectNames } from './project-names.ts';

/** Everything that the Nx graph needs to know of the Python packages. */
export interface WorkspacePackages {
  readonly discovery: Discovery;
  readonly graph: PackageGraph;
  readonly gating: Gating;
  /** Normalised names that may be published. */
  readonly publishable: ReadonlySet<string>;
  /** Nx project name by package path. */
  readonly projects: ReadonlyMap<string, string>;
  /** Nx project name by normalised package name; duplicated names have none. */
  readonly projectOf: ReadonlyMap<string, string>;
  /** Paths of the packages right inside another one, by that one's path. */
  readonly nestedIn: ReadonlyMap<string, readonly string[]>;
  /** Paths outside of a package that symlinks inside it lead to, by the package's path. */
  readonly linkedOutside: ReadonlyMap<string, readonly string[]>;
}

/** `files`: workspace-relative paths of all manifests, project.json and package.json files. */
export function workspacePackages(
  files: readonly string[],
  readText: ReadText,
  { publish, links }: { readonly publish: PublishSelection; readonly links: readonly Link[] },
): WorkspacePackages {
  const discovery = discoverPackages(files, readText, 'internal');
  const graph = buildGraph(discovery.packages);
  const projects = projectNames(discovery.packages, givenNames(files, readText));
  const projectOf = new Map<string, string>();
  for (const [name, pkg] of graph.packages) projectOf.set(name, projects.get(pkg.path) ?? name);
  return {
    discovery,
    graph,
    gating: gatingOf(graph),
    publishable: publishableNames(graph, { publish, tags: new Map() }),
    projects,
    projectOf,
    nestedIn: nestedPackages(discovery.packages),
    linkedOutside: linkedOutside(discovery.packages, links),
  };
}

interface PathEdge {
  /** The folder of the package that needs the other. */
  readonly path: string;
  /** Normalised name. */
  readonly to: string;
}

/** Every edge between packages, those of packages with a duplicated name included. */
export function allEdges(workspace: WorkspacePackages): readonly PathEdge[] {
  const { packages, duplicates, edgesFrom } = workspace.graph;
  const names = new Set([...packages.keys(), ...duplicates.keys()]);
  return workspace.discovery.packages.flatMap((pkg) =>
    (edgesFrom.get(pkg.normalizedName) ?? edgesOf(pkg, names)).map(({ to }) => ({ path: pkg.path, to })),
  );
}
