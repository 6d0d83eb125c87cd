import type { Gating } from '../graph/gating.ts';
import type { PlannedRelease, ReleasePlan, Stop, StoppedPackage } from '../model/plan.ts';
import { releaseRefusal, runRefusal, type Surroundings } from './permission.ts';

/** Rules A3 and A4 on a plan: refused releases become stopped packages before anything is built, and with them what needs them. */
export function withRefusals(plan: ReleasePlan, gating: Gating, around: Surroundings): ReleasePlan {
  const ofRun = runRefusal(around);
  const stops = new Map<string, Stop>();
  for (const release of plan.releases) {
    const problem = ofRun ?? releaseRefusal(release, around);
    if (problem !== null) stops.set(release.name, { kind: 'problem', problem });
  }
  if (stops.size === 0) return plan;
  const planned = new Map(plan.releases.map((release): readonly [string, PlannedRelease] => [release.name, release]));
  for (const name of gating.order) {
    if (!planned.has(name) || stops.has(name)) continue;
    const dependency = (gating.waitsFor.get(name) ?? []).find((need) => stops.has(need));
    if (dependency !== undefined) stops.set(name, { kind: 'needs-stopped', dependency });
  }
  const refused = [...stops].map(([name, stop]): StoppedPackage => ({
    name,
    path: planned.get(name)?.path ?? '',
    stop,
  }));
  return {
    ...plan,
    releases: plan.releases.filter((release) => !stops.has(release.name)),
    stopped: [...plan.stopped, ...refused].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
