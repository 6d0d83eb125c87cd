import { normalizeName } from '@nx-pypi/standards';
import { CHANNELS, isChannel, LEVELS, parseStep, type Channel, type Step } from '@nx-pypi/release';
import { PLAIN_RUN, type RunOptions } from '../compose/request/run-options.ts';
import { UsageError } from './command.ts';

/** Options that status, plan and publish share, as node:util's parseArgs takes them. */
export const RUN_OPTIONS = {
  cwd: { type: 'string' },
  json: { type: 'boolean' },
  level: { type: 'string' },
  set: { type: 'string', multiple: true },
  deep: { type: 'boolean' },
  local: { type: 'boolean' },
  'allow-dirty': { type: 'boolean' },
  'allow-diverged': { type: 'boolean' },
  'release-dev': { type: 'boolean' },
  new: { type: 'string', multiple: true },
  channel: { type: 'string' },
  'channel-number': { type: 'string' },
} as const;

export const RUN_USAGE: readonly string[] = [
  '  PACKAGE …           names, globs or tag:NAME; left out: every package that may be published',
  `  --level LEVEL       auto, ${LEVELS.join(', ')}, or a version`,
  '  --set NAME=LEVEL    another level, or a version, for one package; may be repeated',
  '  --deep              compare by building even where the source digest is the same',
  '  --release-dev       release X.devN as X',
  '  --local             release to a shared registry from outside CI',
  '  --allow-dirty       release packages whose files differ from the commit',
  '  --allow-diverged    release although the released commit is not in this branch',
  '  --new NAME          a name that may be released for the first time, or all; may be repeated',
  `  --channel CHANNEL   release pre-releases beside the final versions: ${CHANNELS.join(', ')}`,
  '  --channel-number N  their number; left out: that of the CI pipeline for dev, else the next one',
  '  --json              print JSON',
  '  --cwd DIR           the workspace; left out: this folder',
];

export interface RunValues {
  readonly level?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly deep?: boolean | undefined;
  readonly local?: boolean | undefined;
  readonly 'allow-dirty'?: boolean | undefined;
  readonly 'allow-diverged'?: boolean | undefined;
  readonly 'release-dev'?: boolean | undefined;
  readonly new?: readonly string[] | undefined;
  readonly channel?: string | undefined;
  readonly 'channel-number'?: string | undefined;
}

/** Throws `UsageError` for a level that there is not. */
export function runOptions(values: RunValues, names: readonly string[], dryRun: boolean): RunOptions {
  return {
    ...PLAIN_RUN,
    patterns: names,
    dryRun,
    level: values.level === undefined ? null : stepOf(values.level),
    levels: new Map((values.set ?? []).map(setOf)),
    deep: values.deep === true,
    local: values.local === true,
    allowDirty: values['allow-dirty'] === true,
    allowDiverged: values['allow-diverged'] === true,
    releaseDev: values['release-dev'] === true,
    channel: channelOf(values),
    newNames: (values.new ?? []).map((name) => (name === 'all' ? name : normalizeName(name))),
  };
}

/** Throws `UsageError` for a channel that there is not. */
function channelOf({ channel, 'channel-number': number }: RunValues): Channel | null {
  if (channel === undefined && number === undefined) return null;
  if (channel === undefined) throw new UsageError('--channel-number goes with --channel');
  if (!isChannel(channel)) throw new UsageError(`'${channel}' is no channel; there are ${CHANNELS.join(', ')}`);
  if (number !== undefined && !/^\d{1,18}$/.test(number))
    throw new UsageError(`--channel-number takes a whole number, not '${number}'`);
  return { id: channel, number: number === undefined ? null : BigInt(number) };
}

function setOf(text: string): readonly [string, Step] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--set takes NAME=LEVEL or NAME=VERSION, not '${text}'`);
  return [normalizeName(text.slice(0, at)), stepOf(text.slice(at + 1))];
}

/** Throws `UsageError` for text that is neither a level nor a version. */
function stepOf(text: string): Step {
  const step = parseStep(text);
  if (step === null)
    throw new UsageError(
      `'${text}' is neither a level nor a version by PEP 440; levels are auto, ${LEVELS.join(', ')}`,
    );
  return step;
}
