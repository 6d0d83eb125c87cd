/** The story of a release, top to bottom. Every step is a value that the next one takes. */
import type { Discovery, Problem } from '@nx-pypi/manifests';
import { parseVersion, type Version } from '@nx-pypi/standards';
import { detectAll } from './detect/detect-all.ts';
import type { DetectPolicy, DetectPorts, Detection } from './detect/detection.ts';
import type { UploadOutcome } from './model/artifact.ts';
import type { PackageOutcome, ReleaseReport } from './model/outcome.ts';
import type { ReleasePlan } from './model/plan.ts';
import type { Checkout, Uploader } from './ports.ts';
import { assemblePlan } from './plan/assemble-plan.ts';
import type { VersionPolicy } from './plan/planned-version.ts';
import { withRefusals } from './policy/refuse.ts';
import type { Surroundings } from './policy/permission.ts';
import type { Built } from './publish/build-release.ts';
import { buildAll, publishAll, type PublishInput } from './publish/publish-all.ts';
import { planOutcomes, reportOf } from './report/outcomes.ts';
import { sceneOf, type Scene, type SceneOptions } from './scene.ts';

export interface ReleaseRequest extends SceneOptions {
  readonly discovery: Discovery;
  readonly checkout: Checkout;
  readonly detect: Omit<DetectPolicy, 'names'>;
  readonly versions: VersionPolicy;
  readonly surroundings: Surroundings;
  readonly concurrency: number;
  /** Name and version of this product. */
  readonly tool: string;
  readonly dryRun: boolean;
}

export interface ReleasePorts extends DetectPorts {
  readonly uploader: Uploader;
  readonly progress: (event: ReleaseEvent) => void;
}

export type ReleaseEvent =
  | { readonly kind: 'reading'; readonly packages: number }
  | { readonly kind: 'detecting'; readonly packages: number }
  | { readonly kind: 'planned'; readonly plan: ReleasePlan }
  | { readonly kind: 'building'; readonly packages: number }
  | { readonly kind: 'publishing'; readonly packages: number }
  | { readonly kind: 'uploaded'; readonly name: string; readonly outcome: UploadOutcome }
  /** Exactly once per selected package. */
  | { readonly kind: 'settled'; readonly name: string; readonly path: string; readonly outcome: PackageOutcome };

/** What a plan was made from, and the plan. */
export interface Planned {
  readonly scene: Scene;
  readonly detections: ReadonlyMap<string, Detection>;
  readonly plan: ReleasePlan;
}

/** discover → graph → registry → detect → plan. Writes neither the tree nor the registry. */
export async function planRun(request: ReleaseRequest, ports: ReleasePorts): Promise<Planned> {
  const scene = sceneOf(request.discovery, request);
  ports.progress({ kind: 'reading', packages: scene.involved.length });
  const states = await ports.registry.read(scene.involved);
  ports.progress({ kind: 'detecting', packages: scene.involved.length });
  const detections = await detectAll(scene, states, { ...request.detect, names: scene.names }, ports);
  const plan = assemblePlan({ ...scene, detections, versions: request.versions });
  return { scene, detections, plan: withRefusals(plan, scene.gating, request.surroundings) };
}

/** … → bump → build → publish → verify → report. A dry run ends with the plan (law 9). */
export async function release(request: ReleaseRequest, ports: ReleasePorts): Promise<ReleaseReport> {
  const { scene, detections, plan } = await planRun(request, ports);
  ports.progress({ kind: 'planned', plan });
  const settled = planOutcomes(plan, request.dryRun);
  for (const result of settled) ports.progress({ kind: 'settled', ...result });
  if (request.dryRun || plan.releases.length === 0) return reportOf(settled, scene.problems, request.dryRun);
  const refused = await ports.uploader.prove();
  if (refused !== null) return stopRun(plan, settled, refused, { scene, ports });
  const publishing: PublishInput = {
    plan,
    gating: scene.gating,
    packages: scene.graph.packages,
    digests: digestsOf(detections),
    concurrency: request.concurrency,
    onOutcome: (name, outcome) =>
      ports.progress({ kind: 'settled', name, path: scene.graph.packages.get(name)?.path ?? '', outcome }),
  };
  ports.progress({ kind: 'building', packages: plan.releases.length });
  const built: ReadonlyMap<string, Built> = await buildAll(publishing, {
    builder: ports.builder,
    checkout: request.checkout,
    tool: request.tool,
    names: scene.names,
    versionOf: versionsAfter(plan, detections),
    outDir: ports.scratch,
  });
  ports.progress({ kind: 'publishing', packages: plan.releases.length });
  const outcomes = await publishAll(publishing, built, {
    ...ports,
    onUpload: (name, outcome) => ports.progress({ kind: 'uploaded', name, outcome }),
  });
  const results = [...outcomes].map(([name, outcome]) => ({
    name,
    path: scene.graph.packages.get(name)?.path ?? '',
    outcome,
  }));
  return reportOf([...settled, ...results], scene.problems, false);
}

/** A cause that concerns the whole run: nothing is built or sent, every planned release fails with it. */
function stopRun(
  plan: ReleasePlan,
  settled: ReleaseReport['results'],
  problem: Problem,
  run: { readonly scene: Scene; readonly ports: ReleasePorts },
): ReleaseReport {
  const results = plan.releases.map((planned) => {
    const outcome: PackageOutcome = { kind: 'failed', release: planned, problems: [problem], log: '' };
    const result = { name: planned.name, path: planned.path, outcome };
    run.ports.progress({ kind: 'settled', ...result });
    return result;
  });
  return reportOf([...settled, ...results], run.scene.problems, false);
}

function digestsOf(detections: ReadonlyMap<string, Detection>): ReadonlyMap<string, string> {
  return new Map(
    [...detections].flatMap(([name, detection]) =>
      detection.digest === null ? [] : [[name, detection.digest] as const],
    ),
  );
}

/** The version that every involved package has once the plan is carried out. */
function versionsAfter(
  plan: ReleasePlan,
  detections: ReadonlyMap<string, Detection>,
): (name: string) => Version | null {
  const versions = new Map<string, Version | null>();
  for (const [name, { change }] of detections) {
    if (change.kind !== 'new' && change.kind !== 'unknown') versions.set(name, change.baseline.version);
  }
  for (const planned of plan.releases) versions.set(planned.name, parseVersion(planned.version));
  return (name) => versions.get(name) ?? null;
}
