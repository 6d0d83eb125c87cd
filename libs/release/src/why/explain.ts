import { comparandOf, buildStage } from '../detect/comparand.ts';
import type { DetectPorts, Detection } from '../detect/detection.ts';
import { keysOf } from '../detect/split-reasons.ts';
import type { ArtifactKind } from '../model/artifact.ts';
import type { Change, Reason } from '../model/change.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import type { Found } from '../ports.ts';
import type { Planned } from '../run.ts';
import { causePaths } from './cause-paths.ts';
import { decisionOf } from './decision.ts';
import type { ExplainedBaseline, Explanation, ShowArtifact, ShownArtifact } from './explanation.ts';
import { fileDifferences, unifiedDiff } from './file-differences.ts';

/** What an explanation may ask of the world; it writes neither the tree nor the registry. */
export interface WhyPorts extends Pick<DetectPorts, 'registry' | 'builder' | 'scratch'> {
  readonly show: ShowArtifact;
  /** When a commit of this repository was made, ISO 8601; null where it is not known. */
  readonly committed: (revision: string) => Promise<string | null>;
}

/** The whole chain for one package of a plan (rules D3 to D8, F2). Null for a name that takes no part in it. */
export async function explain(planned: Planned, name: string, ports: WhyPorts): Promise<Explanation | null> {
  const detection = planned.detections.get(name);
  if (detection === undefined) return null;
  const { package: pkg, change } = detection;
  const release = planned.plan.releases.find((one) => one.name === name);
  const evidence = await evidenceOf(detection, planned, ports);
  const { version } = pkg;
  return {
    name,
    path: pkg.path,
    manifest: pkg.manifest,
    local: version.kind === 'static' || version.kind === 'file' ? version.text : null,
    verdict: change.kind,
    decision: decisionOf(planned, name, change),
    by: change.kind === 'unchanged' ? change.by : null,
    reasons: release?.reasons ?? ('reasons' in change ? change.reasons : []),
    notes: ('notes' in change ? change.notes : undefined) ?? [],
    causes: causePaths(planned.plan, name),
    ...evidence,
  };
}

type Evidence = Pick<Explanation, 'baseline' | 'files' | 'description' | 'problem'>;

const NO_EVIDENCE: Evidence = { baseline: null, files: [], description: null, problem: null };

async function evidenceOf(detection: Detection, { scene }: Planned, ports: WhyPorts): Promise<Evidence> {
  const { change } = detection;
  if (change.kind === 'unknown') return { ...NO_EVIDENCE, problem: change.problem };
  if (change.kind === 'new') return NO_EVIDENCE;
  const known = { ...NO_EVIDENCE, baseline: await baselineOf(change.baseline, detection, ports) };
  const comparand = comparandOf(change.baseline, detection, scene.names);
  if (comparand === null) return known;
  const places = differing(change);
  const released = await opened(await ports.registry.download(comparand.theirs), comparand.kind, { places, ports });
  if (released.kind === 'problem') return { ...known, problem: released.problem };
  const baseline = { ...known.baseline, maker: released.value.maker };
  if (places.length === 0) return { ...known, baseline };
  const today = await opened(await buildStage(comparand, ports), comparand.kind, { places, ports });
  if (today.kind === 'problem') return { ...known, baseline, problem: today.problem };
  const description = places.includes(README)
    ? unifiedDiff('description', `${released.value.description}\n`, `${today.value.description}\n`)
    : null;
  return { baseline, files: fileDifferences(places, released.value, today.value), description, problem: null };
}

function opened(
  file: Found<string>,
  kind: ArtifactKind,
  { places, ports }: { readonly places: readonly string[]; readonly ports: WhyPorts },
): Promise<Found<ShownArtifact>> {
  return file.kind === 'problem' ? Promise.resolve(file) : ports.show(kind, file.value, new Set(places));
}

/** The metadata field that holds the readme. */
const README = 'Description';

/** Places of the artifact that count as different, and the readme's field; empty where there is nothing to look at. */
function differing(change: Change): readonly string[] {
  if (change.kind !== 'changed') return [];
  const shown = (reason: Reason): readonly string[] =>
    reason.kind === 'files' ? keysOf(reason) : keysOf(reason).filter((key) => key === README);
  return change.reasons.flatMap(shown);
}

async function baselineOf(
  published: PublishedVersion,
  { provenance }: Detection,
  ports: WhyPorts,
): Promise<ExplainedBaseline> {
  const revision = provenance?.revision ?? '';
  return {
    version: published.text,
    files: published.files.map(({ filename }) => filename).toSorted(),
    provenance,
    committed: revision === '' ? null : await ports.committed(revision),
    maker: null,
  };
}
