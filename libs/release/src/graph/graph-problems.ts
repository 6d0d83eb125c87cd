import type { Declaration, Problem } from '@nx-pypi/manifests';
import type { Gating } from './gating.ts';
import type { PackageGraph } from './package-graph.ts';

/** Says the line of a declaration in its file, 1-based; null where it can't be told. */
export type LineOf = (declaration: Declaration) => number | null;

/**
 * What is odd about the edges although everything can be released: cycles, by name, and packages that require
 * themselves. Extras of a package that name the package itself (`pkg[all]`) are no oddity.
 */
export function graphProblems(graph: PackageGraph, gating: Gating, lineOf: LineOf): readonly Problem[] {
  return [...cycles(graph, gating, lineOf), ...selfDependencies(graph, lineOf)];
}

function cycles(graph: PackageGraph, gating: Gating, lineOf: LineOf): readonly Problem[] {
  const seen = new Set<readonly string[]>(gating.cycleOf.values());
  return [...seen].map((members) => {
    const inside = members
      .flatMap((name) => graph.edgesFrom.get(name) ?? [])
      .filter((edge) => members.includes(edge.to));
    const closing = inside.find((edge) => !(gating.waitsFor.get(edge.from) ?? []).includes(edge.to));
    const declaration = closing?.declarations.find((candidate) => candidate.kind !== 'group');
    return {
      code: 'NXPYPI_DEPENDENCY_CYCLE',
      message: `${members.length} packages need each other in a circle: ${members.join(', ')}${closing === undefined ? '' : `; ${closing.from} → ${closing.to} closes it`}`,
      hint: 'they are released as one unit; to release them apart, remove the edge that closes the circle or make it a dev group',
      ...(declaration === undefined ? {} : { where: placeOf(declaration, lineOf) }),
    };
  });
}

function selfDependencies(graph: PackageGraph, lineOf: LineOf): readonly Problem[] {
  return [...graph.packages.values()].flatMap((pkg) => {
    const own = pkg.declarations.find(
      (declaration) =>
        declaration.normalizedName === pkg.normalizedName &&
        declaration.kind === 'runtime' &&
        declaration.extras.length === 0,
    );
    if (own === undefined) return [];
    return [
      {
        code: 'NXPYPI_SELF_DEPENDENCY',
        message: `${pkg.normalizedName} requires itself ('${own.written}')`,
        hint: 'remove the requirement: it says nothing, and a range in it can make the package uninstallable',
        where: placeOf(own, lineOf),
      },
    ];
  });
}

function placeOf(declaration: Declaration, lineOf: LineOf): string {
  const line = lineOf(declaration);
  return line === null ? declaration.spot.file : `${declaration.spot.file}:${line}`;
}
