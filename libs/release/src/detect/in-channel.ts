import { compareVersions, isPreRelease } from '@nx-pypi/standards';
import type { Found } from '../ports.ts';
import { isOfChannel, type ChannelId } from '../policy/channel.ts';
import { readBaseline } from './baseline/baseline-facts.ts';
import { inLine, lineOf } from './baseline/baseline.ts';
import type { ChannelVersion, DetectPolicy, DetectPorts, Detection } from './detection.ts';
import { missingArtifacts } from './baseline/missing-artifacts.ts';
import { shippedRanges } from './baseline/shipped-ranges.ts';

/**
 * Rule C2: what the channel holds already of a package: its newest version above the final ones, where that comes from
 * this repository and today's sources. Null: nothing that could be kept.
 */
export async function inChannel(
  { package: pkg, versions, digest }: Pick<Detection, 'package' | 'versions' | 'digest'>,
  channel: ChannelId,
  policy: DetectPolicy,
  ports: DetectPorts,
): Promise<Found<ChannelVersion | null>> {
  const line = inLine(versions, lineOf(pkg.normalizedName, policy));
  const final = line.findLast(({ version }) => !isPreRelease(version));
  const newest = line.findLast(({ version, yanked }) => !yanked && isOfChannel(version, channel));
  const stands = newest !== undefined && (final === undefined || compareVersions(newest.version, final.version) > 0);
  if (!stands) return { kind: 'found', value: null };
  const facts = await readBaseline(newest, ports);
  if (facts.kind === 'problem') return facts;
  const { provenance, metadata } = facts.value;
  const ours =
    provenance?.channel === channel &&
    provenance.digest === digest &&
    provenance.repository === ports.history.repository;
  if (!ours) return { kind: 'found', value: null };
  const shipped = shippedRanges(metadata, policy.names);
  return { kind: 'found', value: { published: newest, shipped, missing: missingArtifacts(newest, pkg) } };
}
