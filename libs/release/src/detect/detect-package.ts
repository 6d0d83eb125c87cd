import type { PythonPackage } from '@nx-pypi/manifests';
import { compareVersions, type Version } from '@nx-pypi/standards';
import type { Change } from '../model/change.ts';
import type { PublishedVersion, RegistryState } from '../model/registry-state.ts';
import type { Found } from '../ports.ts';
import type { BaselineFacts } from './baseline/baseline-facts.ts';
import { chooseBaseline } from './baseline/choose-baseline.ts';
import { compareWithBaseline } from './compare-with-baseline.ts';
import type { DetectPolicy, DetectPorts, Detection } from './detection.ts';
import { needsInternalBuild } from './declared-text.ts';
import { inChannel } from './in-channel.ts';
import { detectManifestVersion } from './detect-manifest-version.ts';
import { localVersion } from './local-version.ts';
import { missingArtifacts } from './baseline/missing-artifacts.ts';
import { originOf } from './baseline/origin.ts';
import { shippedRanges } from './baseline/shipped-ranges.ts';

/** Rules B1, C2, C4 to C6, D3, D4 and E1 for one package. Needs nothing of the plan. */
export async function detectPackage(
  pkg: PythonPackage,
  state: RegistryState,
  policy: DetectPolicy,
  ports: DetectPorts,
): Promise<Detection> {
  const blank = { package: pkg, digest: null, versions: [], shipped: [], provenance: null };
  if (state.kind === 'unknown') return { ...blank, change: state };
  const digest = await ports.builder.digest(pkg);
  if (digest.kind === 'problem') return { ...blank, change: { kind: 'unknown', problem: digest.problem } };
  const known = { ...blank, digest: digest.value, versions: state.kind === 'published' ? state.versions : [] };
  if (policy.versions === 'manifest') return detectManifestVersion(known, policy, ports);
  const { channel } = policy;
  if (channel === undefined) return sinceBaseline(known, policy, ports);
  const held = await inChannel(known, channel, policy, ports);
  if (held.kind === 'problem') return { ...known, change: { kind: 'unknown', problem: held.problem } };
  const detection = await sinceBaseline(known, policy, {
    ...ports,
    // Branches that release into a channel are beside the default branch: that is what the channel is for.
    history: { ...ports.history, allowDiverged: true },
  });
  return {
    ...detection,
    change: forChannel(detection.change),
    ...(held.value === null ? {} : { inChannel: held.value }),
  };
}

async function sinceBaseline(
  known: Omit<Detection, 'change'>,
  policy: DetectPolicy,
  ports: DetectPorts,
): Promise<Detection> {
  const chosen = await chooseBaseline(known.package, known.versions, policy, ports);
  if (chosen.kind === 'problem') return { ...known, change: { kind: 'unknown', problem: chosen.problem } };
  if (chosen.value === null) return { ...known, change: { kind: 'new' } };
  const { baseline, facts } = chosen.value;
  const shipped = shippedRanges(facts.metadata, policy.names);
  const found = { ...known, shipped, provenance: facts.provenance };
  return { ...found, change: await changeSince(baseline, facts, found, { policy, ports }) };
}

/** A channel adds nothing to a final release, and follows one whose commit it does not contain. */
function forChannel(change: Change): Change {
  if (change.kind !== 'incomplete' && change.kind !== 'superseded') return change;
  return { kind: 'unchanged', baseline: change.baseline, by: 'digest' };
}

async function changeSince(
  baseline: PublishedVersion,
  facts: BaselineFacts,
  found: Omit<Detection, 'change'>,
  context: { readonly policy: DetectPolicy; readonly ports: DetectPorts },
): Promise<Change> {
  const origin = await originOf(found.package, baseline, facts.provenance, context.ports.history);
  if (origin.kind === 'stop') return { kind: 'unknown', problem: origin.problem };
  if (origin.kind === 'superseded') return { kind: 'superseded', baseline, theirs: origin.theirs, ours: origin.ours };
  const ahead = versionAhead(found.package, baseline, context.policy);
  if (ahead !== null) {
    return {
      kind: 'ahead',
      baseline,
      reasons: [{ kind: 'local-version-ahead', local: ahead, baseline: baseline.text }],
    };
  }
  const sameSource = facts.provenance !== null && facts.provenance.digest === found.digest;
  if (sameSource) {
    const missing = missingArtifacts(baseline, found.package);
    if (missing.length > 0) return { kind: 'incomplete', baseline, missing };
    const settled = !context.policy.deep && !needsInternalBuild(found.package, context.policy.names);
    if (settled) return { kind: 'unchanged', baseline, by: 'digest' };
  }
  const compared: Found<Change> = await compareWithBaseline(baseline, found, context);
  return compared.kind === 'found' ? compared.value : { kind: 'unknown', problem: compared.problem };
}

/** Rule E1: the text of a local version above the baseline, else null. A dev version counts as what it is released as (E3). */
function versionAhead(pkg: PythonPackage, baseline: PublishedVersion, policy: DetectPolicy): string | null {
  const local = localVersion(pkg);
  const candidate: Version | null =
    local.kind === 'version' ? local.version : local.kind === 'dev' && policy.releaseDev ? local.released : null;
  if (candidate === null || compareVersions(candidate, baseline.version) <= 0) return null;
  return pkg.version.kind === 'static' || pkg.version.kind === 'file' ? pkg.version.text : null;
}
