import type { Problem } from '@nx-pypi/manifests';
import type { PackageOutcome } from '../model/outcome.ts';
import type { PlannedRelease } from '../model/plan.ts';
import type { Planned, ReleasePorts } from '../run.ts';
import type { Built } from './build-release.ts';
import type { Contested, RoundOutcome } from './round.ts';
import { versionTaken } from './winner.ts';

/** Releases of the new plan that can't follow from a lost contest, as failed ones: what needs them is skipped like any other. */
export async function refusedAnew(
  contested: readonly Contested[],
  { plan }: Planned,
  ports: ReleasePorts,
): Promise<ReadonlyMap<string, Built>> {
  const refused = new Map<string, Built>();
  for (const lost of contested) {
    const release = plan.releases.find((candidate) => candidate.name === lost.release.name);
    if (release === undefined) continue;
    const problem = await refusal(lost, release, ports);
    if (problem !== null) refused.set(release.name, { kind: 'failed', problems: [problem], log: '' });
  }
  return refused;
}

async function refusal(lost: Contested, anew: PlannedRelease, ports: ReleasePorts): Promise<Problem | null> {
  if (anew.version !== lost.release.version)
    return lost.release.chosen ? versionTaken(lost.release, lost.by, ports) : null;
  // The winner's version may lack its wheel still; otherwise the same files would meet the same ones again.
  const completes = anew.verdict === 'incomplete' && lost.release.verdict !== 'incomplete';
  return completes ? null : lost.problem;
}

/** What a package that was decided anew came to without a release: whoever won has released the same, or newer code. */
export function withoutRelease(outcome: PackageOutcome): PackageOutcome {
  return outcome.kind === 'unchanged' && outcome.why !== 'superseded' ? { ...outcome, why: 'taken' } : outcome;
}

/** What an open package came to where the run ends first. */
export function leftOpen(open: Exclude<RoundOutcome, PackageOutcome>, lostTooOften: boolean): PackageOutcome {
  const { release } = open;
  if (!lostTooOften) return { kind: 'skipped', release, because: { kind: 'run-stopped' } };
  if (open.kind === 'held')
    return { kind: 'skipped', release, because: { kind: 'needs-stopped', dependency: open.dependency } };
  return { kind: 'failed', release, problems: [open.problem ?? alwaysOvertaken(open)], log: '' };
}

function alwaysOvertaken({ release, by }: Contested): Problem {
  return {
    code: 'NXPYPI_CONTESTED',
    message: `${release.name} was released by other runs again and again, most recently as ${by}`,
    hint: 'run again when the other pipelines have ended',
  };
}
