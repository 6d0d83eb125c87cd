import { parseStep, type Step } from '@nx-pypi/release';
import { PLAIN_RUN, type RunOptions } from '../../compose/run-options.ts';

/** Options of one publish task, as schema.json says them. */
export interface PublishTaskOptions {
  readonly dryRun?: boolean;
  readonly level?: string;
  readonly versions?: 'registry' | 'manifest';
  readonly deep?: boolean;
  readonly local?: boolean;
  readonly allowDirty?: boolean;
  readonly allowDiverged?: boolean;
  readonly releaseDev?: boolean;
  readonly new?: string | readonly string[];
  readonly allOrNothing?: boolean;
  readonly jsonFile?: string;
  readonly junit?: string;
  readonly notes?: string;
}

/**
  readonly notes?: string;
 * One run for all tasks of a batch. A flag holds for the run when any task has it, a dry run above all: what is asked
 * to have no effect must have none (law 9). Levels stay with their packages. `NX_DRY_RUN` is set by `nx release`.
 */
export function runOptionsOf(
  tasks: ReadonlyMap<string, PublishTaskOptions>,
  env: Readonly<Record<string, string | undefined>>,
): RunOptions {
  const all = [...tasks.values()];
  const any = (flag: (options: PublishTaskOptions) => boolean | undefined): boolean =>
    all.some((options) => flag(options) === true);
  const levels = new Map<string, Step>();
  for (const [name, { level }] of tasks) {
    const step = level === undefined ? null : parseStep(level);
    if (step !== null) levels.set(name, step);
  }
  return {
    ...PLAIN_RUN,
    select: [...tasks.keys()],
    dryRun: any((options) => options.dryRun) || env['NX_DRY_RUN'] === 'true',
    levels,
    versions: all.some((options) => options.versions === 'manifest') ? 'manifest' : 'registry',
    deep: any((options) => options.deep),
    local: any((options) => options.local),
    allowDirty: any((options) => options.allowDirty),
    allowDiverged: any((options) => options.allowDiverged),
    releaseDev: any((options) => options.releaseDev),
    newNames: all.flatMap((options) => options.new ?? []),
    allOrNothing: any((options) => options.allOrNothing),
    reports: {
      json: all.find((options) => options.jsonFile !== undefined)?.jsonFile ?? null,
      junit: all.find((options) => options.junit !== undefined)?.junit ?? null,
      notes: all.find((options) => options.notes !== undefined)?.notes ?? null,
    },
  };
}
      notes: all.find((options) => options.notes !== undefined)?.notes ?? null,
