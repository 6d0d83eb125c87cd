import { compareVersions, formatVersion, parseVersion, type Version } from '@nx-pypi/standards';
import type { PythonPackage } from '@nx-pypi/manifests';
import { baselineOf } from '../detect/baseline.ts';
import { closure } from '../graph/closure.ts';
import type { Draft } from '../plan/draft.ts';
import { isMoved } from '../plan/ranges.ts';
import type { BumpedPackage } from './bump-plan.ts';
import type { BumpInput } from './plan-bump.ts';

type Release = Extract<Draft, { kind: 'release' }>;

/** The packages that a bump moves, sorted by name, each with its blast radius. */
export function bumpedPackages(input: BumpInput, drafts: ReadonlyMap<string, Draft>): readonly BumpedPackage[] {
  const moved = [...drafts].flatMap(([name, draft]): readonly (readonly [string, Release])[] =>
    draft.kind === 'release' && (isMoved(draft) || input.asked.has(name)) ? [[name, draft]] : [],
  );
  const followersOf = directFollowers(moved);
  const dependents = dependentCounts(input);
  return moved
    .map(([name, draft]) => {
      const pkg = input.graph.packages.get(name);
      if (pkg === undefined) throw new Error(`${name} is bumped but is not in the graph`);
      const followers = closure([name], (each) => followersOf.get(each) ?? []);
      return bumpedPackage(pkg, draft, {
        previous: previousOf(name, input),
        followers: [...followers].filter((each) => each !== name).toSorted(),
        dependents: dependents.get(name) ?? 0,
      });
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function bumpedPackage(
  pkg: PythonPackage,
  draft: Release,
  rest: Pick<BumpedPackage, 'previous' | 'followers' | 'dependents'>,
): BumpedPackage {
  return {
    name: pkg.normalizedName,
    path: pkg.path,
    written: writtenText(pkg),
    version: formatVersion(draft.version),
    reasons: draft.reasons,
    change: changeOf(pkg, draft.version),
    ...rest,
  };
}

/** What has to be done so that a manifest says `version`. */
export function changeOf(pkg: PythonPackage, version: Version): BumpedPackage['change'] {
  const text = writtenText(pkg);
  if (text === null) return 'no-file';
  const written = parseVersion(text);
  return written !== null && compareVersions(written, version) === 0 ? 'already-there' : 'write';
}

export function writtenText({ version }: PythonPackage): string | null {
  return version.kind === 'static' || version.kind === 'file' ? version.text : null;
}

function previousOf(name: string, { states, baseline }: BumpInput): string | null {
  const state = states.get(name);
  return state?.kind === 'published' ? (baselineOf(name, state.versions, baseline)?.text ?? null) : null;
}

/** Who is released for a range on it, by name. */
function directFollowers(moved: readonly (readonly [string, Release])[]): ReadonlyMap<string, readonly string[]> {
  const followers = new Map<string, string[]>();
  for (const [name, draft] of moved) {
    for (const reason of draft.reasons) {
      if (reason.kind !== 'dependency-range') continue;
      const known = followers.get(reason.dependency);
      if (known === undefined) followers.set(reason.dependency, [name]);
      else known.push(name);
    }
  }
  return followers;
}

function dependentCounts({ graph }: BumpInput): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const edges of graph.edgesFrom.values())
    for (const edge of edges) counts.set(edge.to, (counts.get(edge.to) ?? 0) + 1);
  return counts;
}
