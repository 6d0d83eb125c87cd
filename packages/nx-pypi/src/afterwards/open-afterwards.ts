import type { Found, ReleasePorts } from '@nx-pypi/release';
import type { OpenRun, RunContext } from '../compose/open-run.ts';
import type { AfterwardsOptions, RunOptions } from '../compose/request/run-options.ts';
import { installIndexes } from './install-check/indexes.ts';
import { openInstallCheck, type InstallCheck } from './install-check/install-check.ts';
import { openAnnouncer } from './tags/announcer.ts';
import { verifyingBytes } from './verify-bytes.ts';
import { TAG_PATTERN } from './tags/tag-name.ts';

/** What is asked for after each release, as ports of the run. */
export interface OpenAfterwards {
  readonly ports: Partial<Pick<ReleasePorts, 'tryInstall' | 'announce' | 'uploader'>>;
  readonly close: () => Promise<void>;
}

export async function openAfterwards(
  opened: OpenRun,
  context: RunContext,
  { afterwards, dryRun, channel }: RunOptions,
): Promise<Found<OpenAfterwards>> {
  const { write, installCheck } = afterwards;
  const marks = afterwards.tag || afterwards.push || afterwards.gitlabRelease;
  if (channel !== null && (marks || write)) return { kind: 'problem', problem: notOfChannels(channel.id) };
  const announcer = marks && !dryRun ? await openMarks(opened, context, afterwards) : NOTHING;
  if (announcer.kind === 'problem') return announcer;
  const check = installCheck && !dryRun ? await openCheck(opened, context) : null;
  return {
    kind: 'found',
    value: {
      ports: {
        ...(afterwards.verifyBytes ? { uploader: verifyingBytes(opened.connection.registry) } : {}),
        ...(check === null ? {} : { tryInstall: check.tryInstall }),
        ...announcer.value.ports,
      },
      close: async () => {
        await Promise.all([check?.close(), announcer.value.close()]);
      },
    },
  };
}

const NOTHING: Extract<Found<OpenAfterwards>, { kind: 'found' }> = {
  kind: 'found',
  value: { ports: {}, close: async () => {} },
};

async function openMarks(
  opened: OpenRun,
  { root, env, plugin, say }: RunContext,
  { tag, push, gitlabRelease }: AfterwardsOptions,
): Promise<Found<OpenAfterwards>> {
  const tagPattern = plugin.options.tagPattern ?? TAG_PATTERN;
  const announcer = await openAnnouncer({ root, env, tagPattern, tag: tag || push, push, gitlabRelease, say }, opened);
  if (announcer.kind === 'problem') return announcer;
  const { announce, close } = announcer.value;
  return { kind: 'found', value: { ports: { announce }, close } };
}

/** An installer that looks where the people who install look. */
export function openCheck(
  { connection }: Pick<OpenRun, 'connection'>,
  { root, env, plugin }: Pick<RunContext, 'root' | 'env' | 'plugin'>,
): Promise<InstallCheck> {
  const indexes = installIndexes(connection.opened, root);
  return openInstallCheck({ indexes, env, python: plugin.options.python ?? 'python3' });
}

function notOfChannels(channel: string) {
  return {
    code: 'NXPYPI_CHANNEL_WRITES_NOTHING',
    message: `what the channel ${channel} releases is not written to the repository: neither versions nor tags`,
    hint: 'leave out --write, --tag, --push and --gitlab-release',
  };
}
