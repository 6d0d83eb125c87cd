import type { Change } from '../model/change.ts';
import type { Stop } from '../model/plan.ts';
import type { Planned } from '../run.ts';
import type { Decision } from './explanation.ts';

/** What a plan does with one of its packages. */
export function decisionOf({ plan }: Planned, name: string, change: Change): Decision {
  const stops = new Map(plan.stopped.map((one) => [one.name, one.stop]));
  if (stops.has(name)) return stopped(name, stops);
  const release = plan.releases.find((one) => one.name === name);
  if (release !== undefined) {
    const { previous, version } = release;
    return change.kind === 'incomplete' && previous === version
      ? { kind: 'complete', version, missing: change.missing }
      : { kind: 'release', previous, version };
  }
  if (change.kind === 'superseded')
    return { kind: 'supersede', theirs: change.theirs, ours: change.ours, version: change.baseline.text };
  const kept = plan.kept.find((one) => one.name === name);
  return { kind: 'keep', version: kept?.version ?? ('baseline' in change ? change.baseline.text : '') };
}

/** Goes down to the package whose problem stops the others. */
function stopped(name: string, stops: ReadonlyMap<string, Stop>): Decision {
  const path = [name];
  for (let stop = stops.get(name); stop !== undefined;) {
    if (stop.kind === 'problem') return { kind: 'stop', path, problem: stop.problem };
    if (path.includes(stop.dependency)) break;
    path.push(stop.dependency);
    stop = stops.get(stop.dependency);
  }
  return { kind: 'stop', path, problem: null };
}
