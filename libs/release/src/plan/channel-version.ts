import { compareVersions, type Version } from '@nx-pypi/standards';
import type { ChannelVersion, Detection } from '../detect/detection.ts';
import { isOfChannel, withoutChannel, type Channel } from '../policy/channel.ts';
import type { PlannedVersion } from './planned-version.ts';
import { noPreRelease } from './version-problems.ts';

/**
 * Rule C3: the channel's pre-release of the version that a run without channel would release. Without a given number it
 * is the one above the highest of that version, or that of an unfinished upload of the same sources (rule C4).
 */
export function channelVersion(planned: PlannedVersion, detection: Detection, channel: Channel): PlannedVersion {
  if (planned.kind === 'problem') return planned;
  const before = withoutChannel(planned.version, channel.id);
  if (channel.id !== 'dev' && before.post !== null)
    return { kind: 'problem', problem: noPreRelease(detection.package, before, channel.id) };
  const number =
    channel.number ?? unfinished(detection.inChannel, before, channel) ?? nextNumber(detection, before, channel);
  const version: Version =
    channel.id === 'dev' ? { ...before, dev: number } : { ...before, pre: { phase: channel.id, number } };
  return { kind: 'version', version, chosen: false };
}

/** Whether a pre-release of the channel comes before the same version as another one. */
export function sameTarget(one: Version, other: Version, { id }: Channel): boolean {
  return compareVersions(withoutChannel(one, id), withoutChannel(other, id)) === 0;
}

function unfinished(known: ChannelVersion | undefined, before: Version, channel: Channel): bigint | null {
  if (known === undefined || known.missing.length === 0) return null;
  return sameTarget(known.published.version, before, channel) ? numberOf(known.published.version, channel) : null;
}

function nextNumber({ versions }: Detection, before: Version, channel: Channel): bigint {
  const taken = versions
    .map(({ version }) => version)
    .filter((version) => isOfChannel(version, channel.id) && sameTarget(version, before, channel))
    .map((version) => numberOf(version, channel));
  return taken.reduce((highest, number) => (number > highest ? number : highest), 0n) + 1n;
}

function numberOf(version: Version, { id }: Channel): bigint {
  return (id === 'dev' ? version.dev : version.pre?.number) ?? 0n;
}
