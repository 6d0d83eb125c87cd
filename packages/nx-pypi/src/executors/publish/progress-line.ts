import { describeOutcome, type ReleaseEvent } from '@nx-pypi/release';

/** One line per event, for CI logs and terminals alike; null for events that need none. `tasks`: how many packages were asked for. */
export function progressLine(event: ReleaseEvent, tasks: number): string | null {
  switch (event.kind) {
    case 'reading':
      return `reading the registry's state of ${count(event.packages)}`;
    case 'detecting':
      return `comparing ${count(event.packages)} with the registry`;
    case 'planned':
      return `plan: ${event.plan.releases.length} to release, ${event.plan.kept.length} up to date${event.plan.stopped.length > 0 ? `, ${event.plan.stopped.length} stopped` : ''}`;
    case 'building':
      return `building ${count(event.packages)}`;
    case 'publishing':
      return `publishing, each package when what it needs is visible`;
    case 'built':
    case 'sending':
    case 'uploaded':
      return null;
    case 'trying-again':
      return `  ${event.filename} is tried again: ${event.problem.message}`;
    case 'contested':
      return `  ${event.name}  ${event.version} is decided anew: another run released ${event.by} first`;
    case 'settled':
      return tasks > 1 && event.outcome.kind !== 'unchanged'
        ? `  ${event.name}  ${describeOutcome(event.outcome)}`
        : null;
  }
}

function count(packages: number): string {
  return packages === 1 ? '1 package' : `${packages} packages`;
}
