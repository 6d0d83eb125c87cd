import type { Reason } from '../model/change.ts';
import type { PlannedRelease, ReleasePlan } from '../model/plan.ts';
import type { CauseStep } from './explanation.ts';

type Releases = ReadonlyMap<string, PlannedRelease>;

/**
 * Why a package is released that did not change itself: for each release that its reasons name, the shortest path from a
 * package with a cause of its own. Empty for a package that has one.
 */
export function causePaths(plan: ReleasePlan, name: string): readonly (readonly CauseStep[])[] {
  const releases: Releases = new Map(plan.releases.map((release) => [release.name, release]));
  const release = releases.get(name);
  if (release === undefined || hasOwnCause(release, releases)) return [];
  return leadingTo(release, releases).flatMap((first) => {
    const path = shortestPath(first, name, releases);
    return path === null ? [] : [stepsOf([...path, name], releases)];
  });
}

/** From a first cause to `from`, which is the last of them; `past` is not gone through. Breadth first: the shortest one. */
function shortestPath(from: string, past: string, releases: Releases): readonly string[] | null {
  const seen = new Set([past, from]);
  const ways: (readonly [string, ...string[]])[] = [[from]];
  for (const way of ways) {
    const release = releases.get(way[0]);
    if (release === undefined) continue;
    if (hasOwnCause(release, releases)) return way;
    const next = leadingTo(release, releases).filter((name) => !seen.has(name));
    for (const name of next) seen.add(name);
    ways.push(...next.map((name) => [name, ...way] as const));
  }
  return null;
}

function stepsOf(names: readonly string[], releases: Releases): readonly CauseStep[] {
  return names.flatMap((name, index) => {
    const release = releases.get(name);
    if (release === undefined) return [];
    const before = names[index - 1];
    const because =
      before === undefined
        ? release.reasons.filter((reason) => namesOf(reason, release, releases).length === 0)
        : release.reasons.filter((reason) => namesOf(reason, release, releases).includes(before));
    return [{ name, previous: release.previous, version: release.version, because }];
  });
}

function hasOwnCause(release: PlannedRelease, releases: Releases): boolean {
  return release.reasons.some((reason) => namesOf(reason, release, releases).length === 0);
}

function leadingTo(release: PlannedRelease, releases: Releases): readonly string[] {
  return [...new Set(release.reasons.flatMap((reason) => namesOf(reason, release, releases)))];
}

/** The other releases that a reason comes from; none where the package itself is its cause. */
function namesOf(reason: Reason, release: PlannedRelease, releases: Releases): readonly string[] {
  switch (reason.kind) {
    case 'dependency-range':
      return releases.has(reason.dependency) ? [reason.dependency] : [];
    case 'lockstep':
      return reason.group.filter((member) => member !== release.name && releases.has(member));
    default:
      return [];
  }
}
