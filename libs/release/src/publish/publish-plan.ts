import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import { lineOf } from '../detect/baseline/baseline.ts';
import type { Detection } from '../detect/detection.ts';
import type { Artifact } from '../model/artifact.ts';
import type { PackageOutcome, PackageResult, ReleaseReport } from '../model/outcome.ts';
import type { PlannedRelease, ReleasePlan } from '../model/plan.ts';
import type { PublishedVersion, RegistryState } from '../model/registry-state.ts';
import { checkPlan } from '../plan/check-plan.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Builder } from '../ports.ts';
import { withRefusals } from '../policy/refuse.ts';
import { planOutcomes, reportOf } from '../report/outcomes.ts';
import type { ReleasePorts, ReleaseRequest } from '../run.ts';
import { sceneOf } from '../scene.ts';
import { buildPlan } from './build-plan.ts';
import type { Built } from './build-release.ts';
import { checkArtifact } from './check-artifact.ts';
import { publishAll } from './publish-all.ts';
import { isSettled } from './round.ts';

/** The files of every release of a plan, built and checked, by name. `released`: the file names that the registry holds. */
export type FilesOfPlan = (
  plan: ReleasePlan,
  released: (name: string) => readonly string[],
) => Promise<ReadonlyMap<string, Built>>;

/** Files that were built elsewhere: exactly those bytes. */
export function builtElsewhere(artifacts: ReadonlyMap<string, readonly Artifact[]>): FilesOfPlan {
  return (plan) =>
    Promise.resolve(
      new Map(plan.releases.map((release) => [release.name, checked(release, artifacts.get(release.name) ?? [])])),
    );
}

/** Files that are built here from the plan's sources. */
export function builtHere(request: ReleaseRequest, ports: ReleasePorts): FilesOfPlan {
  const { discovery, checkout, tool } = request;
  return async (plan, released) => {
    ports.progress({ kind: 'building', packages: plan.releases.length });
    const built = await buildPlan({ plan, discovery, checkout, tool, released }, ports);
    for (const name of built.keys()) ports.progress({ kind: 'built', name });
    return built;
  };
}

/**
 * Publishes what a plan says: nothing is decided here. A plan is a person's choice, so a registry that moved on is an error
 * (rule G5), except where it moved by this plan's own files.
 */
export async function publishPlan(
  file: PlanFile,
  filesOfPlan: FilesOfPlan,
  request: ReleaseRequest,
  ports: ReleasePorts,
): Promise<ReleaseReport> {
  const scene = sceneOf(request.discovery, { ...request, select: file.plan.releases.map(({ name }) => name) });
  const states = await ports.registry.read(file.packages.map(({ name }) => name));
  const detections = await evidenceNow(file, states, scene.graph.packages, ports.builder);
  const stale = checkPlan({ file, detections, repository: request.checkout.repository });
  if (stale.length > 0) return reportOf([], [...scene.problems, ...stale], request.dryRun);
  const plan = withRefusals(file.plan, scene.gating, request.surroundings);
  const settled = planOutcomes({ ...plan, kept: [] }, request.dryRun);
  for (const result of settled) ports.progress({ kind: 'settled', ...result });
  if (request.dryRun || plan.releases.length === 0) return reportOf(settled, scene.problems, request.dryRun);
  const refused = await ports.uploader.prove(plan.releases.map(({ name }) => name));
  const built =
    refused === null
      ? await filesOfPlan(plan, (name) => filenamesOf(states.get(name)))
      : new Map(plan.releases.map(({ name }) => [name, failed([refused])]));
  const results: PackageResult[] = [];
  const settle = (name: string, outcome: PackageOutcome): void => {
    const result = { name, path: plan.releases.find((release) => release.name === name)?.path ?? '', outcome };
    results.push(result);
    ports.progress({ kind: 'settled', ...result });
  };
  ports.progress({ kind: 'publishing', packages: plan.releases.length });
  const outcomes = await publishAll(
    {
      plan,
      gating: scene.gating,
      packages: scene.graph.packages,
      digests: new Map(),
      against: (name) => ({
        known: versionsOf(states.get(name)),
        line: lineOf(name, request.detect),
        decidesAnew: false,
      }),
      concurrency: request.concurrency,
      allOrNothing: request.allOrNothing,
      state: { stopped: false },
      stop: ports.stop,
      onBuilt: () => {},
      onOutcome: settle,
    },
    built,
    ports,
  );
  for (const [name, outcome] of outcomes) {
    if (isSettled(outcome)) continue;
    const by = outcome.kind === 'contested' ? outcome.by : outcome.dependency;
    settle(name, { kind: 'failed', release: outcome.release, problems: [overtaken(outcome.release, by)], log: '' });
  }
  return reportOf([...settled, ...results], scene.problems, false);
}

/** What `checkPlan` asks for, without a build: sources and released files of the plan's packages and of all that they need. */
async function evidenceNow(
  file: PlanFile,
  states: ReadonlyMap<string, RegistryState>,
  packages: ReadonlyMap<string, PythonPackage>,
  builder: Builder,
): Promise<ReadonlyMap<string, Detection>> {
  const detections = new Map<string, Detection>();
  for (const { name } of file.packages) {
    const pkg = packages.get(name);
    const state = states.get(name);
    if (pkg === undefined || state === undefined) continue;
    const digest = state.kind === 'unknown' ? null : await builder.digest(pkg);
    const problem = state.kind === 'unknown' ? state.problem : digest?.kind === 'problem' ? digest.problem : null;
    detections.set(name, {
      package: pkg,
      change: problem === null ? { kind: 'new' } : { kind: 'unknown', problem },
      digest: digest?.kind === 'found' ? digest.value : null,
      versions: versionsOf(state),
      shipped: [],
      provenance: null,
    });
  }
  return detections;
}

function versionsOf(state: RegistryState | undefined): readonly PublishedVersion[] {
  return state?.kind === 'published' ? state.versions : [];
}

function filenamesOf(state: RegistryState | undefined): readonly string[] {
  return versionsOf(state).flatMap(({ files }) => files.map(({ filename }) => filename));
}

/** Law 5, once more: the files may come from anywhere. Ranges were checked where the versions of all packages were known. */
function checked(release: PlannedRelease, artifacts: readonly Artifact[]): Built {
  const problems = artifacts.flatMap((artifact) => checkArtifact(artifact, release, () => null));
  return problems.length > 0 ? failed(problems) : { kind: 'built', artifacts };
}

function failed(problems: readonly Problem[]): Built {
  return { kind: 'failed', problems, log: '' };
}

function overtaken(release: PlannedRelease, found: string): Problem {
  return {
    code: 'NXPYPI_PLAN_OVERTAKEN',
    message: `${release.name} ${release.version} was planned to follow ${release.previous ?? 'nothing'}, but the registry has ${found}`,
    hint: 'plan, build and publish again',
    where: release.path,
  };
}
