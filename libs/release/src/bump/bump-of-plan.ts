import { parseVersion } from '@nx-pypi/standards';
import type { PackageGraph } from '../graph/package-graph.ts';
import type { ReleasePlan } from '../model/plan.ts';
import type { DependentsPolicy } from '../policy/dependents.ts';
import type { BumpPlan } from './bump-plan.ts';
import { bumpedPackages } from './bumped-packages.ts';
import { rewrittenRanges } from './rewritten-ranges.ts';

/** What has to be written so that the manifests say what a plan releases: exactly its versions, and the ranges on them. */
export function bumpOfPlan(plan: ReleasePlan, graph: PackageGraph, dependents: DependentsPolicy): BumpPlan {
  const moved = plan.releases.flatMap(({ name, previous, version: text, reasons }) => {
    const version = parseVersion(text);
    return version === null || !graph.packages.has(name) ? [] : [{ name, previous, version, reasons }];
  });
  const versions = new Map(moved.map(({ name, version }) => [name, version] as const));
  const ranges = [...graph.packages.values()].map((pkg) => rewrittenRanges(pkg, versions, dependents));
  return {
    packages: bumpedPackages(moved, graph),
    ranges: ranges.flatMap(({ changes }) => changes.map(({ range }) => range)),
    problems: ranges.flatMap(({ problems }) => problems),
  };
}
