import type { Problem } from '@nx-pypi/manifests';
import type { PackageOutcome, PackageResult, ReleaseReport } from '../model/outcome.ts';
import type { ReleasePlan, StoppedPackage } from '../model/plan.ts';

/** What is known of packages once the plan stands: all but the releases that are to be carried out. */
export function planOutcomes(plan: ReleasePlan, dryRun: boolean): readonly PackageResult[] {
  const kept = plan.kept.map(({ name, path, ...rest }): PackageResult => ({
    name,
    path,
    outcome: { kind: 'unchanged', ...rest },
  }));
  const stopped = plan.stopped.map((entry): PackageResult => ({
    name: entry.name,
    path: entry.path,
    outcome: stopOutcome(entry),
  }));
  const planned = dryRun
    ? plan.releases.map((release): PackageResult => ({
        name: release.name,
        path: release.path,
        outcome: { kind: 'planned', release },
      }))
    : [];
  return [...kept, ...stopped, ...planned];
}

function stopOutcome({ stop }: StoppedPackage): PackageOutcome {
  if (stop.kind === 'problem') return { kind: 'failed', release: null, problems: [stop.problem], log: '' };
  return { kind: 'skipped', release: null, because: stop };
}

export function reportOf(
  results: readonly PackageResult[],
  problems: readonly Problem[],
  dryRun: boolean,
): ReleaseReport {
  return { results: results.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)), problems, dryRun };
}
