import type { Channel, ChannelId, Found } from '@nx-pypi/release';
import { connect, type ConnectContext, type Connection } from './connect.ts';
import type { RunOptions } from '../request/run-options.ts';
import { channelOf } from './run-channel.ts';
import { channelRegistry } from './channel-registry.ts';
import { openRegistry } from './open-registry.ts';

/** Where a run reads and sends. */
interface RunConnection {
  readonly connection: Connection;
  /** Rule C3; `apart`: with a registry of its own. */
  readonly channel: { readonly channel: Channel; readonly apart: boolean } | null;
}

/** Opens what a run reads and sends to; without a channel, the configured registries. */
export async function connectRun(
  context: ConnectContext,
  run: Pick<RunOptions, 'channel' | 'versions'>,
): Promise<Found<RunConnection>> {
  const channel = channelOf(run, context.env);
  if (channel.kind === 'problem') return channel;
  const shared = await connect(context);
  if (shared.kind === 'problem') return shared;
  if (channel.value === null) return { kind: 'found', value: { connection: shared.value, channel: null } };
  const { id } = channel.value;
  const connection = await withChannel(shared.value, id, context);
  if (connection.kind === 'problem') {
    await shared.value.close();
    return connection;
  }
  const apart = connection.value !== shared.value;
  return { kind: 'found', value: { connection: connection.value, channel: { channel: channel.value, apart } } };
}

/**
 * With the registry that `channels` names for the channel, or the shared one where that says so or is on this machine.
 * Otherwise pre-releases would reach everybody, which is refused.
 */
async function withChannel(
  shared: Connection,
  channel: ChannelId,
  context: ConnectContext,
): Promise<Found<Connection>> {
  const option = context.options.channels?.[channel]?.registry;
  if (option === 'shared' || (option === undefined && shared.local)) return { kind: 'found', value: shared };
  if (option === undefined) return { kind: 'problem', problem: notShared(channel) };
  const others = shared.opened.flatMap(({ server }) => (server === null ? [] : [server.target.uploadUrl]));
  const opened = await openRegistry(`channel-${channel}`, option, { ...context, others });
  if (opened.kind === 'problem') return opened;
  const own = opened.value;
  const value: Connection = {
    ...shared,
    registry: channelRegistry(shared.registry, own.client),
    opened: [...shared.opened, own],
    local: own.local,
    notices: [...shared.notices, `channel ${channel}: releases go to ${own.display}`, ...own.notices],
    lastNotices: () => [...shared.lastNotices(), ...own.client.notices()],
    close: async () => {
      await Promise.all([shared.close(), own.close()]);
    },
  };
  return { kind: 'found', value };
}

function notShared(channel: ChannelId) {
  return {
    code: 'NXPYPI_CHANNEL_NOT_SHARED',
    message: `the channel ${channel} has no registry of its own, and the shared one is not allowed for it`,
    hint: `set channels.${channel}.registry in the options of nx-pypi in nx.json to a registry, or to "shared"`,
    where: 'nx.json',
  };
}
