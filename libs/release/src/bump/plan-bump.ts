import type { Problem } from '@nx-pypi/manifests';
import type { Version } from '@nx-pypi/standards';
import { baselineOf, type BaselinePolicy } from '../detect/baseline/baseline.ts';
import type { Gating } from '../graph/gating.ts';
import type { PackageGraph } from '../graph/package-graph.ts';
import type { Reason } from '../model/change.ts';
import type { RegistryState } from '../model/registry-state.ts';
import type { Draft } from '../plan/draft.ts';
import { draftReleases } from '../plan/draft-releases.ts';
import type { VersionPolicy } from '../plan/planned-version.ts';
import { isMoved } from '../plan/ranges.ts';
import { bumpDetection } from './bump-detection.ts';
import type { BumpPlan } from './bump-plan.ts';
import { bumpedPackages, type Moved } from './bumped-packages.ts';
import { rewrittenRanges } from './rewritten-ranges.ts';

export interface BumpInput {
  readonly graph: PackageGraph;
  readonly gating: Gating;
  /** All normalised names of the workspace. */
  readonly names: ReadonlySet<string>;
  /** Names that may be published; others get no version, but their ranges follow. */
  readonly publishable: ReadonlySet<string>;
  /** What the registry holds of every publishable package. */
  readonly states: ReadonlyMap<string, RegistryState>;
  /** What is bumped, with the reasons. */
  readonly asked: ReadonlyMap<string, readonly Reason[]>;
  readonly baseline: BaselinePolicy;
  readonly versions: VersionPolicy;
}

/**
 * What a bump writes: versions counted from the registry's baselines (rule E5), and the ranges that leave them out, with
 * the packages that are released for these, until nothing changes any more. Computed again after it was carried out, it
 * is the same versions and no edits.
 */
export function planBump(input: BumpInput): BumpPlan {
  const versions = { ...input.versions, writes: true, followRanges: true, committed: false, releaseDev: true };
  const detections = new Map(
    [...input.publishable].map((name) => [name, bumpDetection({ ...input, ...subjectOf(name, input) })] as const),
  );
  const drafts = draftReleases({ detections, gating: input.gating, names: input.names, versions });
  const moved = movedVersions(drafts);
  const packages = bumpedPackages(movedPackages(input, drafts), input.graph);
  const ranges = [...input.graph.packages.values()].map((pkg) =>
    rewrittenRanges(pkg, moved, input.versions.dependents),
  );
  return {
    packages,
    ranges: ranges.flatMap(({ changes }) => changes.map(({ range }) => range)),
    problems: distinct([...stopsOf(input, drafts), ...ranges.flatMap(({ problems }) => problems)]),
  };
}

function subjectOf(name: string, { graph, states, asked }: BumpInput) {
  const pkg = graph.packages.get(name);
  if (pkg === undefined) throw new Error(`${name} may be published but is not in the graph`);
  const problem = { code: 'NXPYPI_NO_ANSWER', message: `the registry was not asked for ${name}`, hint: 'run it again' };
  const state: RegistryState = states.get(name) ?? { kind: 'unknown', problem };
  return { package: pkg, state, asked: asked.get(name) ?? null };
}

/** The versions that the bump gives, by name. */
function movedVersions(drafts: ReadonlyMap<string, Draft>): ReadonlyMap<string, Version> {
  const moved = new Map<string, Version>();
  for (const [name, draft] of drafts) if (draft.kind === 'release' && isMoved(draft)) moved.set(name, draft.version);
  return moved;
}

function movedPackages(input: BumpInput, drafts: ReadonlyMap<string, Draft>): readonly Moved[] {
  return [...drafts].flatMap(([name, draft]): readonly Moved[] => {
    if (draft.kind !== 'release' || !(isMoved(draft) || input.asked.has(name))) return [];
    return [{ name, previous: previousOf(name, input), version: draft.version, reasons: draft.reasons }];
  });
}

function previousOf(name: string, { states, baseline }: BumpInput): string | null {
  const state = states.get(name);
  return state?.kind === 'published' ? (baselineOf(name, state.versions, baseline)?.text ?? null) : null;
}

/**
 * Whatever keeps the bump from being carried out: problems of packages that were asked for or that follow. What the
 * registry could not tell of others is not its concern.
 */
function stopsOf({ asked, states }: BumpInput, drafts: ReadonlyMap<string, Draft>): readonly Problem[] {
  return [...drafts].toSorted(byName).flatMap(([name, draft]) => {
    const concerns = asked.has(name) || states.get(name)?.kind !== 'unknown';
    return draft.kind === 'stop' && concerns ? [draft.problem] : [];
  });
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.code} ${problem.message}`, problem])).values()];
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
