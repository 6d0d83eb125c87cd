/** The story of a release, top to bottom. Every step is a value that the next one takes. */
import type { Problem } from '@nx-pypi/manifests';
import { withAutoLevels } from './commits/auto-levels.ts';
import { detectAll } from './detect/detect-all.ts';
import type { PackageOutcome, ReleaseReport } from './model/outcome.ts';
import type { RegistryReader } from './ports.ts';
import { assemblePlan } from './plan/assemble-plan.ts';
import { withRefusals } from './policy/refuse.ts';
import { announcedResults } from './publish/afterwards.ts';
import { publishRounds } from './publish/publish-rounds.ts';
import { planOutcomes, reportOf } from './report/outcomes.ts';
import type { Detected, Planned, ReleasePorts, ReleaseRequest } from './run.ts';
import { sceneOf } from './scene.ts';

/** discover → graph → registry → detect → plan. Writes neither the tree nor the registry. */
export async function planRun(request: ReleaseRequest, ports: ReleasePorts): Promise<Planned> {
  return planDetected(request, await detectRun(request, ports));
}

/** discover → graph → registry → detect. */
export async function detectRun(request: ReleaseRequest, ports: ReleasePorts): Promise<Detected> {
  const scene = sceneOf(request.discovery, request);
  ports.progress({ kind: 'reading', packages: scene.involved.length });
  const states = await ports.registry.read(scene.involved);
  ports.progress({ kind: 'detecting', packages: scene.involved.length });
  const found = await detectAll(scene, states, { ...request.detect, names: scene.names }, ports);
  const { packages } = request.discovery;
  return { scene, ...(await withAutoLevels({ detections: found, versions: request.versions }, packages, ports)) };
}

/** … → plan. */
export function planDetected(request: ReleaseRequest, { scene, detections, versions }: Detected): Planned {
  const promised = request.dryRun ? request.promised : new Set<string>();
  const plan = assemblePlan({ ...scene, promised, detections, versions });
  return { scene, detections, plan: withRefusals(plan, scene.gating, request.surroundings) };
}

/** … → bump → build → publish → verify → report. A dry run ends with the plan (law 9). */
export async function release(request: ReleaseRequest, ports: ReleasePorts): Promise<ReleaseReport> {
  const planned = await planRun(request, ports);
  const { scene, plan } = planned;
  ports.progress({ kind: 'planned', plan });
  const found = planOutcomes(plan, request.dryRun);
  const settled = request.dryRun ? found : await announcedResults(found, ports);
  for (const result of settled) ports.progress({ kind: 'settled', ...result });
  if (request.dryRun || plan.releases.length === 0) return reportOf(settled, scene.problems, request.dryRun);
  const refused = await ports.uploader.prove(plan.releases.map(({ name }) => name));
  if (refused !== null) return stopRun(planned, settled, refused, ports);
  const results = await publishRounds(planned, {
    request,
    ports,
    replan: (names) => planRun({ ...request, select: names }, { ...ports, registry: pastCaches(ports.registry) }),
  });
  return reportOf([...settled, ...results], scene.problems, false);
}

/** A cause that concerns the whole run: nothing is built or sent, every planned release fails with it. */
function stopRun(
  { plan, scene }: Planned,
  settled: ReleaseReport['results'],
  problem: Problem,
  ports: ReleasePorts,
): ReleaseReport {
  const results = plan.releases.map((planned) => {
    const outcome: PackageOutcome = { kind: 'failed', release: planned, problems: [problem], log: '' };
    const result = { name: planned.name, path: planned.path, outcome };
    ports.progress({ kind: 'settled', ...result });
    return result;
  });
  return reportOf([...settled, ...results], scene.problems, false);
}

/** What the index says now, for decisions that other runs made necessary (rule G5). */
function pastCaches(registry: RegistryReader): RegistryReader {
  return {
    readFresh: (name) => registry.readFresh(name),
    download: (file) => registry.download(file),
    read: async (names) =>
      new Map(await Promise.all(names.map(async (name) => [name, await registry.readFresh(name)] as const))),
  };
}
