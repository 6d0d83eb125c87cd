import type { Channel, Found } from '@nx-pypi/release';
import type { RunOptions } from '../request/run-options.ts';

/**
 * The channel of a run with its number: for `dev` that of the CI pipeline where none was given (`CI_PIPELINE_IID`, unique
 * within a project; source: GitLab docs, "Predefined CI/CD variables").
 */
export function channelOf(
  { channel, versions }: Pick<RunOptions, 'channel' | 'versions'>,
  env: Readonly<Record<string, string | undefined>>,
): Found<Channel | null> {
  if (channel === null) return { kind: 'found', value: null };
  if (versions === 'manifest') {
    return {
      kind: 'problem',
      problem: {
        code: 'NXPYPI_CHANNEL_CHOOSES',
        message: `a channel chooses versions, and this target publishes those of the manifests`,
        hint: 'run the target publish with the channel',
      },
    };
  }
  const pipeline = env['CI_PIPELINE_IID'] ?? '';
  const number = channel.id === 'dev' && channel.number === null && /^\d+$/.test(pipeline) ? BigInt(pipeline) : null;
  return { kind: 'found', value: { id: channel.id, number: channel.number ?? number } };
}
