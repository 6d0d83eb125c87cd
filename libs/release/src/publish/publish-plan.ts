import type { Problem } from '@nx-pypi/manifests';
import { baselineOf } from '../detect/baseline.ts';
import type { Artifact } from '../model/artifact.ts';
import type { PackageOutcome, PackageResult, ReleaseReport } from '../model/outcome.ts';
import type { PlannedRelease, ReleasePlan } from '../model/plan.ts';
import type { PublishedVersion, RegistryState } from '../model/registry-state.ts';
import { withRefusals } from '../policy/refuse.ts';
import { planOutcomes, reportOf } from '../report/outcomes.ts';
import type { ReleasePorts, ReleaseRequest } from '../run.ts';
import { sceneOf } from '../scene.ts';
import type { Built } from './build-release.ts';
import { checkArtifact } from './check-artifact.ts';
import { publishAll } from './publish-all.ts';
import { isSettled } from './round.ts';

/**
 * Publishes what was built elsewhere, exactly those bytes: nothing is built or decided here. A plan is a person's choice, so
 * a registry that moved on is an error (rule G5), except where it moved by this plan's own files.
 */
export async function publishPlan(
  given: ReleasePlan,
  artifacts: ReadonlyMap<string, readonly Artifact[]>,
  request: ReleaseRequest,
  ports: ReleasePorts,
): Promise<ReleaseReport> {
  const scene = sceneOf(request.discovery, { ...request, select: given.releases.map(({ name }) => name) });
  const plan = withRefusals(given, scene.gating, request.surroundings);
  const settled = planOutcomes({ ...plan, kept: [] }, request.dryRun);
  for (const result of settled) ports.progress({ kind: 'settled', ...result });
  if (request.dryRun || plan.releases.length === 0) return reportOf(settled, scene.problems, request.dryRun);
  const states = await ports.registry.read(plan.releases.map(({ name }) => name));
  const refused = await ports.uploader.prove(plan.releases.map(({ name }) => name));
  const built = new Map(
    plan.releases.map((release) => {
      const state = states.get(release.name);
      const stale = refused ?? staleness(release, state, request);
      return [release.name, stale === null ? checked(release, artifacts.get(release.name) ?? []) : failed([stale])];
    }),
  );
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
      against: (name) => ({ known: versionsOf(states.get(name)), line: request.detect.line, decidesAnew: false }),
      concurrency: request.concurrency,
      allOrNothing: request.allOrNothing,
      state: { stopped: false },
      stop: ports.stop,
      onOutcome: settle,
    },
    built,
    { ...ports, onUpload: (name, outcome) => ports.progress({ kind: 'uploaded', name, outcome }) },
  );
  for (const [name, outcome] of outcomes) {
    if (isSettled(outcome)) continue;
    const by = outcome.kind === 'contested' ? outcome.by : outcome.dependency;
    settle(name, { kind: 'failed', release: outcome.release, problems: [overtaken(outcome.release, by)], log: '' });
  }
  return reportOf([...settled, ...results], scene.problems, false);
}

/** Why a release does not follow from what the registry shows, or null. */
function staleness(
  release: PlannedRelease,
  state: RegistryState | undefined,
  { detect }: ReleaseRequest,
): Problem | null {
  if (state?.kind === 'unknown') return state.problem;
  const versions = versionsOf(state);
  if (versions.some(({ text }) => text === release.version)) return null;
  const baseline = baselineOf(release.name, versions, detect);
  return (baseline?.text ?? null) === release.previous ? null : overtaken(release, baseline?.text ?? 'nothing');
}

function versionsOf(state: RegistryState | undefined): readonly PublishedVersion[] {
  return state?.kind === 'published' ? state.versions : [];
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
