import { compareVersions, formatVersion } from '@nx-pypi/standards';
import type { Change } from '../model/change.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import { readBaseline } from './baseline/baseline-facts.ts';
import { inLine, lineOf } from './baseline/baseline.ts';
import type { DetectPolicy, DetectPorts, Detection } from './detection.ts';
import { localVersion } from './local-version.ts';
import { missingArtifacts } from './baseline/missing-artifacts.ts';
import { shippedRanges } from './baseline/shipped-ranges.ts';

/** Rule G8: the manifest's version is published, or kept where the registry has it. No other version is ever chosen. */
export async function detectManifestVersion(
  known: Omit<Detection, 'change'>,
  policy: DetectPolicy,
  ports: DetectPorts,
): Promise<Detection> {
  const local = localVersion(known.package);
  if (local.kind !== 'version')
    return { ...known, change: known.versions.length === 0 ? { kind: 'new' } : noVersion(known) };
  const released = known.versions.find((published) => compareVersions(published.version, local.version) === 0);
  if (released !== undefined) return keepOrComplete(known, released, { policy, ports });
  const highest = inLine(known.versions, lineOf(known.package.normalizedName, policy)).at(-1);
  if (highest === undefined) return { ...known, change: { kind: 'new' } };
  const text = formatVersion(local.version);
  if (compareVersions(local.version, highest.version) < 0)
    return { ...known, change: below(known, text, highest.text) };
  return {
    ...known,
    change: {
      kind: 'ahead',
      baseline: highest,
      reasons: [{ kind: 'local-version-ahead', local: text, baseline: highest.text }],
    },
  };
}

/** A half-published version of ours is completed from the same source (rule C4). */
async function keepOrComplete(
  known: Omit<Detection, 'change'>,
  released: PublishedVersion,
  context: { readonly policy: DetectPolicy; readonly ports: DetectPorts },
): Promise<Detection> {
  const missing = missingArtifacts(released, known.package);
  if (missing.length === 0) return { ...known, change: { kind: 'unchanged', baseline: released, by: 'digest' } };
  const facts = await readBaseline(released, context.ports);
  if (facts.kind === 'problem') return { ...known, change: { kind: 'unknown', problem: facts.problem } };
  const same = facts.value.provenance !== null && facts.value.provenance.digest === known.digest;
  return {
    ...known,
    shipped: shippedRanges(facts.value.metadata, context.policy.names),
    provenance: facts.value.provenance,
    change: same
      ? { kind: 'incomplete', baseline: released, missing }
      : { kind: 'unchanged', baseline: released, by: 'digest' },
  };
}

function noVersion(known: Omit<Detection, 'change'>): Change {
  return {
    kind: 'unknown',
    problem: {
      code: 'NXPYPI_NO_MANIFEST_VERSION',
      message: `the manifest of ${known.package.normalizedName} holds no version that could be released as it stands`,
      hint: 'write a version into the manifest, or publish with the publish target, which chooses one',
      where: known.package.manifest,
    },
  };
}

function below(known: Omit<Detection, 'change'>, local: string, highest: string): Change {
  return {
    kind: 'unknown',
    problem: {
      code: 'NXPYPI_VERSION_BELOW_REGISTRY',
      message: `the manifest of ${known.package.normalizedName} says ${local}, but the registry already has ${highest}`,
      hint: `choose a version above ${highest}`,
      where: known.package.manifest,
    },
  };
}
