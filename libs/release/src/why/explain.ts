import { comparandOf, buildStage } from '../detect/comparand.ts';
import type { DetectPorts, Detection } from '../detect/detection.ts';
import { keysOf } from '../detect/split-reasons.ts';
import type { Change, Reason } from '../model/change.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import type { Found } from '../ports.ts';
import type { Planned } from '../run.ts';
import { causePaths } from './cause-paths.ts';
import { decisionOf } from './decision.ts';
import type { ExplainedBaseline, Explanation, FileDifference, ShowArtifact } from './explanation.ts';
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
    ...(evidence.kind === 'found'
      ? { ...evidence.value, problem: null }
      : { ...NO_EVIDENCE, problem: evidence.problem }),
  };
}

interface Evidence {
  readonly baseline: ExplainedBaseline | null;
  readonly files: readonly FileDifference[];
  readonly description: string | null;
}

const NO_EVIDENCE: Evidence = { baseline: null, files: [], description: null };

async function evidenceOf(detection: Detection, { scene }: Planned, ports: WhyPorts): Promise<Found<Evidence>> {
  const { change } = detection;
  if (change.kind === 'unknown') return { kind: 'problem', problem: change.problem };
  if (change.kind === 'new') return { kind: 'found', value: NO_EVIDENCE };
  const comparand = comparandOf(change.baseline, detection, scene.names);
  const baseline = await baselineOf(change.baseline, detection, ports);
  if (comparand === null) return { kind: 'found', value: { ...NO_EVIDENCE, baseline } };
  const theirs = await ports.registry.download(comparand.theirs);
  if (theirs.kind === 'problem') return theirs;
  const places = differing(change);
  const released = await ports.show(comparand.kind, theirs.value, new Set(places));
  if (released.kind === 'problem') return released;
  const known = { ...baseline, maker: released.value.maker };
  if (places.length === 0) return { kind: 'found', value: { ...NO_EVIDENCE, baseline: known } };
  const built = await buildStage(comparand, ports);
  if (built.kind === 'problem') return built;
  const today = await ports.show(comparand.kind, built.value, new Set(places));
  if (today.kind === 'problem') return today;
  const readme = places.includes(README)
    ? unifiedDiff('description', `${released.value.description}\n`, `${today.value.description}\n`)
    : null;
  const files = fileDifferences(places, released.value, today.value);
  return { kind: 'found', value: { baseline: known, files, description: readme } };
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
