import type { Problem } from '@nx-pypi/manifests';
import { parseStep, type Channel, type ChannelId, type Step } from '@nx-pypi/release';
import { PLAIN_RUN, type RunOptions } from '../../compose/request/run-options.ts';

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
  readonly channel?: ChannelId;
  readonly channelNumber?: number;
  readonly allOrNothing?: boolean;
  readonly verify?: 'index' | 'bytes';
  readonly installCheck?: boolean;
  readonly tag?: boolean;
  readonly push?: boolean;
  readonly gitlabRelease?: boolean;
  readonly write?: boolean;
  readonly jsonFile?: string;
  readonly junit?: string;
  readonly notes?: string;
}

/**
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
    channel: channelOf(all),
    newNames: all.flatMap((options) => options.new ?? []),
    allOrNothing: any((options) => options.allOrNothing),
    afterwards: {
      verifyBytes: any((options) => options.verify === 'bytes'),
      installCheck: any((options) => options.installCheck),
      tag: any((options) => options.tag),
      push: any((options) => options.push),
      gitlabRelease: any((options) => options.gitlabRelease),
      write: any((options) => options.write),
    },
    reports: {
      json: all.find((options) => options.jsonFile !== undefined)?.jsonFile ?? null,
      junit: all.find((options) => options.junit !== undefined)?.junit ?? null,
      notes: all.find((options) => options.notes !== undefined)?.notes ?? null,
    },
  };
}

/** The channel that tasks ask for; `mixedChannels` tells where they differ. */
function channelOf(tasks: readonly PublishTaskOptions[]): Channel | null {
  const asked = tasks.find(({ channel }) => channel !== undefined);
  if (asked?.channel === undefined) return null;
  return { id: asked.channel, number: asked.channelNumber === undefined ? null : BigInt(asked.channelNumber) };
}

/** One run releases into one channel or none: a task that asks for another one is a problem of all. */
export function mixedChannels(tasks: readonly PublishTaskOptions[]): Problem | null {
  const asked = new Set(tasks.map(({ channel }) => channel ?? 'none'));
  if (asked.size < 2) return null;
  return {
    code: 'NXPYPI_MIXED_CHANNELS',
    message: `tasks of one run ask for the channels ${[...asked].toSorted().join(' and ')}`,
    hint: 'give the channel on the command line, for all tasks: --channel=dev',
  };
}
