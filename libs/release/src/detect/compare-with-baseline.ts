import type { ArtifactKind } from '../model/artifact.ts';
import type { Change, Reason } from '../model/change.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import type { Found } from '../ports.ts';
import { buildStage, comparandOf, type Comparand } from './comparand.ts';
import type { DetectPolicy, DetectPorts, Detection } from './detection.ts';
import { changeOf, judgeDifference, type Verdict } from './judge-difference.ts';
import { recall, remember, verdictKey } from './remembered-verdict.ts';

/** Rules D4, D6 and D7; the verdict is remembered by sources, baseline and build environment. `deep` asks nothing remembered. */
export async function compareWithBaseline(
  baseline: PublishedVersion,
  found: Omit<Detection, 'change'>,
  context: { readonly policy: DetectPolicy; readonly ports: DetectPorts },
): Promise<Found<Change>> {
  const { ports, policy } = context;
  const comparand = comparandOf(baseline, found, policy.names);
  if (comparand === null) {
    const reasons: readonly Reason[] = [{ kind: 'missing-artifacts', filenames: [] }];
    return { kind: 'found', value: { kind: 'changed', baseline, reasons } };
  }
  const environment = await ports.builder.environment(comparand.package);
  if (environment.kind === 'problem') return environment;
  const key = verdictKey(comparand, environment.value);
  const remembered = policy.deep ? null : await recall(key, ports.verdicts);
  if (remembered !== null) return { kind: 'found', value: changeOf(remembered, baseline) };
  const verdict = await compareBuilds(comparand, ports);
  if (verdict.kind === 'problem') return verdict;
  await remember(key, verdict.value, ports.verdicts);
  return { kind: 'found', value: changeOf(verdict.value, baseline) };
}

async function compareBuilds(comparand: Comparand, ports: DetectPorts): Promise<Found<Verdict>> {
  const [downloaded, built] = await Promise.all([
    ports.registry.download(comparand.theirs),
    buildStage(comparand, ports),
  ]);
  if (downloaded.kind === 'problem') return downloaded;
  if (built.kind === 'problem') return built;
  const compared = await ports.builder.compare(comparand.kind, built.value, downloaded.value);
  if (compared.kind === 'problem') return compared;
  if (compared.value.kind === 'same')
    return { kind: 'found', value: { kind: 'unchanged', by: 'comparison', notes: [] } };
  const { reasons: published, makers } = compared.value;
  const rebuilt = comparand.ownTools ? null : await rebuildBaseline(comparand, ports);
  const fromRebuilt = rebuilt === null ? null : await reasonsBetween(comparand.kind, built.value, rebuilt, ports);
  if (fromRebuilt?.kind === 'problem') return fromRebuilt;
  const { sameDigest } = comparand;
  const known = { published, rebuilt: fromRebuilt?.value ?? null, sameDigest, makers };
  const verdict = judgeDifference({ ...known, again: [] });
  if (verdict.kind === 'unchanged') return { kind: 'found', value: verdict };
  const second = await buildStage(comparand, ports);
  if (second.kind === 'problem') return second;
  const again = await reasonsBetween(comparand.kind, built.value, second.value, ports);
  return again.kind === 'problem' ? again : { kind: 'found', value: judgeDifference({ ...known, again: again.value }) };
}

/** Rule D6: what the baseline's sources give today; null where it has no sdist, or one that today's tools can't build. */
async function rebuildBaseline(comparand: Comparand, ports: DetectPorts): Promise<string | null> {
  const { sdist, kind, package: pkg, baseline } = comparand;
  const downloaded = sdist === null ? null : await ports.registry.download(sdist);
  if (sdist === null || downloaded === null || downloaded.kind === 'problem') return null;
  const outcome = await ports.builder.rebuild({
    package: pkg,
    sdist: downloaded.value,
    filename: sdist.filename,
    version: baseline.text,
    artifacts: [kind],
    outDir: await ports.scratch(pkg.normalizedName),
  });
  return outcome.kind === 'failed' ? null : (outcome.artifacts.find((one) => one.kind === kind)?.file ?? null);
}

async function reasonsBetween(
  kind: ArtifactKind,
  ours: string,
  theirs: string,
  { builder }: DetectPorts,
): Promise<Found<readonly Reason[]>> {
  const comparison = await builder.compare(kind, ours, theirs);
  if (comparison.kind === 'problem') return comparison;
  return { kind: 'found', value: comparison.value.kind === 'same' ? [] : comparison.value.reasons };
}
