import { nextMajorRange, type Declaration, type PythonPackage } from '@nx-pypi/manifests';
import type { ArtifactKind } from '../model/artifact.ts';
import type { Change, Reason } from '../model/change.ts';
import type { PublishedFile, PublishedVersion } from '../model/registry-state.ts';
import type { BuildRequest, Found } from '../ports.ts';
import { filesByKind, isPureWheel } from './baseline-facts.ts';
import { needsInternalBuild, shippedDeclarations } from './declared-text.ts';
import type { DetectPolicy, DetectPorts, Detection } from './detection.ts';
import { changeOf, judgeDifference, type Verdict } from './judge-difference.ts';
import { pairWithShipped } from './shipped-ranges.ts';
import { recall, remember, verdictKey } from './remembered-verdict.ts';

/** What is compared with what. */
interface Comparand {
  readonly package: PythonPackage;
  readonly baseline: PublishedVersion;
  /** The baseline's file that is compared, and its kind. */
  readonly theirs: PublishedFile;
  readonly kind: ArtifactKind;
  readonly sdist: PublishedFile | null;
  readonly constraints: BuildRequest['constraints'];
  readonly digest: string;
  /** Whether the baseline's digest is today's; null: it has none. */
  readonly sameDigest: boolean | null;
  /** Built with packages of this workspace: what their change does to the artifact is no toolchain's doing (D3). */
  readonly ownTools: boolean;
}

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

function comparandOf(
  baseline: PublishedVersion,
  found: Omit<Detection, 'change'>,
  names: ReadonlySet<string>,
): Comparand | null {
  const { sdist, wheels } = filesByKind(baseline);
  const theirs = wheels.find((file) => isPureWheel(file.filename)) ?? sdist ?? wheels[0];
  if (theirs === undefined) return null;
  return {
    package: found.package,
    baseline,
    theirs,
    kind: theirs === sdist ? 'sdist' : 'wheel',
    sdist,
    constraints: pairWithShipped(shippedDeclarations(found.package, names), found.shipped).map((pair) => ({
      declaration: pair.declaration,
      specifier: pair.shipped?.specifier ?? anyRange(pair.declaration),
    })),
    digest: found.digest ?? '',
    ownTools: needsInternalBuild(found.package, names),
    sameDigest: found.provenance === null ? null : found.provenance.digest === found.digest,
  };
}

/** For a declaration that the baseline did not ship: what is declared today, or a range that is surely a difference. */
function anyRange(declaration: Declaration): string {
  return declaration.specifier === '' ? nextMajorRange('0') : declaration.specifier;
}

async function compareBuilds(comparand: Comparand, ports: DetectPorts): Promise<Found<Verdict>> {
  const [downloaded, built] = await Promise.all([
    ports.registry.download(comparand.theirs),
    buildStage(comparand, ports),
  ]);
  if (downloaded.kind === 'problem') return downloaded;
  if (built.kind === 'problem') return built;
  const differences = (theirs: string) => reasonsBetween(comparand.kind, built.value, theirs, ports);
  const published = await differences(downloaded.value);
  if (published.kind === 'problem') return published;
  if (published.value.length === 0) return { kind: 'found', value: { kind: 'unchanged', by: 'comparison', notes: [] } };
  const rebuilt = comparand.ownTools ? null : await rebuildBaseline(comparand, ports);
  const fromRebuilt = rebuilt === null ? null : await differences(rebuilt);
  if (fromRebuilt?.kind === 'problem') return fromRebuilt;
  const known = { published: published.value, rebuilt: fromRebuilt?.value ?? null, sameDigest: comparand.sameDigest };
  const verdict = judgeDifference({ ...known, again: [] });
  if (verdict.kind === 'unchanged') return { kind: 'found', value: verdict };
  const second = await buildStage(comparand, ports);
  if (second.kind === 'problem') return second;
  const again = await differences(second.value);
  return again.kind === 'problem' ? again : { kind: 'found', value: judgeDifference({ ...known, again: again.value }) };
}

/** Rule D4: the stage at the baseline's version, with the internal constraints that the baseline shipped. */
async function buildStage(comparand: Comparand, ports: DetectPorts): Promise<Found<string>> {
  const { kind, package: pkg, baseline, constraints } = comparand;
  const outcome = await ports.builder.build({
    package: pkg,
    version: baseline.text,
    constraints,
    provenance: null,
    artifacts: [kind],
    outDir: await ports.scratch(pkg.normalizedName),
  });
  if (outcome.kind === 'failed') return { kind: 'problem', problem: outcome.problem };
  const artifact = outcome.artifacts.find((one) => one.kind === kind);
  if (artifact === undefined)
    throw new Error(`the build of ${pkg.normalizedName} was asked for one ${kind}, gave none`);
  return { kind: 'found', value: artifact.file };
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
