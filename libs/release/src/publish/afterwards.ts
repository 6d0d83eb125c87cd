import type { Problem } from '@nx-pypi/manifests';
import type { Gating } from '../graph/gating.ts';
import type { PackageOutcome, PackageResult } from '../model/outcome.ts';
import type { PlannedRelease } from '../model/plan.ts';

/** A version that the index shows. */
export interface Released {
  /** Normalised. */
  readonly name: string;
  /** Canonical text. */
  readonly version: string;
  /** Null where this run found it released. */
  readonly release: PlannedRelease | null;
}

/** What a run may be asked to do with a release that the index shows. */
export interface Afterwards {
  /** Whether an installer resolves the version from the index (`--install-check`); null: it does. Before what needs it. */
  readonly tryInstall?: (released: Released) => Promise<Problem | null>;
  /** Tags and release pages. The release stands whatever comes of them, and what needs it goes on meanwhile. */
  readonly announce?: (released: Released) => Promise<readonly Problem[]>;
}

/**
 * Rule G7 with an installer: a published release that cannot be resolved has failed. Members of a circle are asked for when
 * the last of them is there: none of them could be resolved before.
 */
export function installCheck(
  { tryInstall }: Afterwards,
  releases: ReadonlyMap<string, PlannedRelease>,
  gating: Gating,
): (outcome: PackageOutcome) => Promise<PackageOutcome> {
  const there = new Set<string>();
  return async (outcome) => {
    if (tryInstall === undefined || outcome.kind !== 'published') return outcome;
    const { release } = outcome;
    there.add(release.name);
    const members = (gating.cycleOf.get(release.name) ?? [release.name]).flatMap((name) => releases.get(name) ?? []);
    if (!members.every(({ name }) => there.has(name))) return outcome;
    const asked = members.map(async (member) =>
      tryInstall({ name: member.name, version: member.version, release: member }),
    );
    const problems = (await Promise.all(asked)).filter((problem) => problem !== null);
    return problems.length === 0 ? outcome : { kind: 'failed', release, problems, log: '' };
  };
}

/** The outcome with what could not be done after the release. */
export async function announced(
  outcome: PackageOutcome,
  name: string,
  { announce }: Afterwards,
): Promise<PackageOutcome> {
  if (announce === undefined || (outcome.kind !== 'published' && outcome.kind !== 'unchanged')) return outcome;
  if (outcome.kind === 'unchanged' && outcome.why === 'superseded') return outcome;
  const release = outcome.kind === 'published' ? outcome.release : null;
  const version = outcome.kind === 'published' ? outcome.release.version : outcome.version;
  const problems = await announce({ name, version, release });
  return problems.length === 0 ? outcome : { ...outcome, afterwards: problems };
}

/** Results of packages that were released before: an interrupted run may have left something to do for them. */
export function announcedResults(
  results: readonly PackageResult[],
  ports: Afterwards,
): Promise<readonly PackageResult[]> {
  return Promise.all(
    results.map(async (result) => ({ ...result, outcome: await announced(result.outcome, result.name, ports) })),
  );
}
