import type { Problem } from '@nx-pypi/manifests';
import type { PackageOutcome } from '../model/outcome.ts';
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
    const problem =
      lost.release.chosen && release.version !== lost.release.version
        ? await versionTaken(lost.release, lost.by, ports)
        : // The same version would meet the same files again.
          release.version === lost.release.version
          ? lost.problem
          : null;
    if (problem !== null) refused.set(release.name, { kind: 'failed', problems: [problem], log: '' });
  }
  return refused;
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
