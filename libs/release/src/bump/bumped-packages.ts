import { compareVersions, formatVersion, parseVersion, type Version } from '@nx-pypi/standards';
import type { PythonPackage } from '@nx-pypi/manifests';
import { closure } from '../graph/closure.ts';
import type { PackageGraph } from '../graph/package-graph.ts';
import type { Reason } from '../model/change.ts';
import type { BumpedPackage } from './bump-plan.ts';

/** A package that gets a version, before anybody asked what that means for its manifest. */
export interface Moved {
  readonly name: string;
  readonly previous: string | null;
  readonly version: Version;
  readonly reasons: readonly Reason[];
}

/** The packages that a bump moves, sorted by name, each with its blast radius. */
export function bumpedPackages(moved: readonly Moved[], graph: PackageGraph): readonly BumpedPackage[] {
  const followersOf = directFollowers(moved);
  const dependents = dependentCounts(graph);
  return moved
    .map(({ name, previous, version, reasons }): BumpedPackage => {
      const pkg = graph.packages.get(name);
      if (pkg === undefined) throw new Error(`${name} is bumped but is not in the graph`);
      const followers = closure([name], (each) => followersOf.get(each) ?? []);
      return {
        name,
        path: pkg.path,
        previous,
        written: writtenText(pkg),
        version: formatVersion(version),
        reasons,
        change: changeOf(pkg, version),
        followers: [...followers].filter((each) => each !== name).toSorted(),
        dependents: dependents.get(name) ?? 0,
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** What has to be done so that a manifest says `version`. */
export function changeOf(pkg: PythonPackage, version: Version): BumpedPackage['change'] {
  const text = writtenText(pkg);
  if (text === null) return 'no-file';
  const written = parseVersion(text);
  return written !== null && compareVersions(written, version) === 0 ? 'already-there' : 'write';
}

function writtenText({ version }: PythonPackage): string | null {
  return version.kind === 'static' || version.kind === 'file' ? version.text : null;
}

/** Who is released for a range on it, by name. */
function directFollowers(moved: readonly Moved[]): ReadonlyMap<string, readonly string[]> {
  const followers = new Map<string, string[]>();
  for (const { name, reasons } of moved) {
    for (const reason of reasons) {
      if (reason.kind !== 'dependency-range') continue;
      const known = followers.get(reason.dependency);
      if (known === undefined) followers.set(reason.dependency, [name]);
      else known.push(name);
    }
  }
  return followers;
}

function dependentCounts(graph: PackageGraph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const edges of graph.edgesFrom.values())
    for (const edge of edges) counts.set(edge.to, (counts.get(edge.to) ?? 0) + 1);
  return counts;
}
