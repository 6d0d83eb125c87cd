import { isPreRelease, type Version } from '@nx-pypi/standards';

/** Streams of pre-releases beside the final releases (rule C3). */
export const CHANNELS = ['dev', 'a', 'b', 'rc'] as const;
export type ChannelId = (typeof CHANNELS)[number];

export interface Channel {
  readonly id: ChannelId;
  /** The number that pre-releases get, such as that of a pipeline; null: one above the highest of its version. */
  readonly number: bigint | null;
}

export function isChannel(value: unknown): value is ChannelId {
  return CHANNELS.some((channel) => channel === value);
}

/** Whether a version is shaped like those of the channel: `X.devN` for `dev`, `XrcN` for `rc`. */
export function isOfChannel(version: Version, channel: ChannelId): boolean {
  if (channel === 'dev') return version.dev !== null;
  return version.pre?.phase === channel && version.dev === null && version.post === null;
}

/** The version that a pre-release of the channel comes before; others as they are. */
export function withoutChannel(version: Version, channel: ChannelId): Version {
  if (channel === 'dev') return { ...version, dev: null };
  return isPreRelease(version) ? { ...version, pre: null, dev: null } : version;
}
