import type { PythonPackage } from '@nx-pypi/manifests';
import type { Gating } from '../graph/gating.ts';
import { opensGate, type PackageOutcome } from '../model/outcome.ts';
import type { PlannedRelease, ReleasePlan } from '../model/plan.ts';
import type { StopSign } from '../run.ts';
import { announced, installCheck } from './afterwards.ts';
import { buildTools } from './build-tools.ts';
import { buildRelease, type BuildContext, type Built } from './build-release.ts';
import type { PlannedAgainst } from './overtaken.ts';
import { sendRelease, verifyRelease, type PublishPorts, type SentRelease } from './publish-release.ts';
import { isSettled, type RoundOutcome } from './round.ts';
import { runGated } from './run-gated.ts';

/** Lasts for a whole run. Once `stopped` is true, nothing that has not begun begins. */
export interface RunState {
  stopped: boolean;
}

export interface PublishInput {
  readonly plan: ReleasePlan;
  readonly gating: Gating;
  readonly packages: ReadonlyMap<string, PythonPackage>;
  readonly digests: ReadonlyMap<string, string>;
  readonly against: (name: string) => PlannedAgainst;
  readonly concurrency: number;
  /** The failure of one package stops all others (`--all-or-nothing`). */
  readonly allOrNothing: boolean;
  readonly state: RunState;
  readonly stop: StopSign;
  /** Called once per release that was to be built, when its build ended. */
  readonly onBuilt: (name: string) => void;
  /** Called once per planned release whose outcome stands, as soon as it is known. */
  readonly onOutcome: (name: string, outcome: PackageOutcome) => void;
}

const UNBUILT: Built = { kind: 'unbuilt' };

/**
 * Rule G2: everything that this process will send is built and checked before its first upload. `refused` are the releases
 * that are known to fail.
 */
export async function buildAll(
  input: PublishInput,
  refused: ReadonlyMap<string, Built>,
  context: BuildContext,
): Promise<ReadonlyMap<string, Built>> {
  const releases = new Map(input.plan.releases.map((release) => [release.name, release]));
  const begun = new Map<string, Promise<Built>>();

  function builtOf(release: PlannedRelease): Promise<Built> {
    const build = begun.get(release.name) ?? buildAfterTools(release);
    begun.set(release.name, build);
    return build;
  }

  async function buildAfterTools(release: PlannedRelease): Promise<Built> {
    const known = refused.get(release.name);
    if (known !== undefined) return known;
    const pkg = input.packages.get(release.name);
    if (pkg === undefined) throw new Error(`the plan releases ${release.name}, which is not in the workspace`);
    const tools = [...buildTools(pkg, input.gating)].flatMap((name) => releases.get(name) ?? []);
    await Promise.all(tools.map((tool) => builtOf(tool)));
    if (input.stop.asked()) return UNBUILT;
    const build = buildRelease(pkg, release, input.digests.get(release.name) ?? '', context);
    const built = await Promise.race([build, input.stop.request.then(() => UNBUILT)]);
    input.onBuilt(release.name);
    return built;
  }

  const built = input.plan.releases.map(async (release) => [release.name, await builtOf(release)] as const);
  return new Map(await Promise.all(built));
}

/** Uploads what was built, each package when what it needs is visible (rule G1). A run-wide cause stops what has not begun. */
export async function publishAll(
  input: PublishInput,
  built: ReadonlyMap<string, Built>,
  ports: PublishPorts,
): Promise<ReadonlyMap<string, RoundOutcome>> {
  const releases = new Map(input.plan.releases.map((release) => [release.name, release]));
  const unbuilt = unbuiltCycles(input.gating, built);
  const { state } = input;
  if (input.allOrNothing && hasFailure(input.plan, built)) state.stopped = true;
  const settle = (name: string, outcome: RoundOutcome): RoundOutcome => {
    if (isSettled(outcome)) input.onOutcome(name, outcome);
    return outcome;
  };
  const checked = installCheck(ports, releases, input.gating);
  const settling: Promise<unknown>[] = [];
  const outcomes = await runGated<RoundOutcome>({
    order: input.gating.order.filter((name) => releases.has(name)),
    waitsFor: (name) => input.gating.waitsFor.get(name) ?? [],
    concurrency: input.concurrency,
    opens: (outcome) => isSettled(outcome) && opensGate(outcome),
    skip: (name, dependency, result) => settle(name, shut(releaseOf(releases, name), dependency, result)),
    run: async (name, slot) => {
      const release = releaseOf(releases, name);
      const made = built.get(name);
      if (made === undefined) throw new Error(`${name} was not built`);
      if (made.kind === 'failed')
        return settle(name, { kind: 'failed', release, problems: made.problems, log: made.log });
      const blocker = unbuilt.get(name);
      const sent = await slot(async () => {
        if (state.stopped || made.kind === 'unbuilt' || input.stop.asked())
          return skipped(release, { kind: 'run-stopped' });
        if (blocker !== undefined) return skipped(release, { kind: 'needs-stopped', dependency: blocker });
        const end = await sendRelease(release, made.artifacts, input.against(name), ports);
        if (end.kind === 'ended' && (end.runWide || (input.allOrNothing && end.outcome.kind === 'failed')))
          state.stopped = true;
        return end;
      });
      if (sent.kind === 'ended') return settle(name, sent.outcome);
      const outcome = await checked(await verifyRelease(release, sent.files, ports));
      if (input.allOrNothing && outcome.kind === 'failed') state.stopped = true;
      // What needs it need not wait for tags.
      settling.push(announced(outcome, name, ports).then((told) => settle(name, told)));
      return outcome;
    },
  });
  await Promise.all(settling);
  return outcomes;
}

function skipped(
  release: PlannedRelease,
  because: Extract<PackageOutcome, { kind: 'skipped' }>['because'],
): SentRelease {
  return { kind: 'ended', outcome: { kind: 'skipped', release, because }, runWide: false };
}

/** What becomes of a release whose dependency did not open the gate. */
function shut(release: PlannedRelease, dependency: string, result: RoundOutcome): RoundOutcome {
  if (!isSettled(result)) return { kind: 'held', release, dependency };
  const stopped = result.kind === 'skipped' && result.because.kind === 'run-stopped';
  return { kind: 'skipped', release, because: stopped ? result.because : { kind: 'needs-stopped', dependency } };
}

function releaseOf(releases: ReadonlyMap<string, PlannedRelease>, name: string): PlannedRelease {
  const release = releases.get(name);
  if (release === undefined) throw new Error(`${name} is not in the plan`);
  return release;
}

function hasFailure(plan: ReleasePlan, built: ReadonlyMap<string, Built>): boolean {
  return plan.stopped.length > 0 || [...built.values()].some((made) => made.kind === 'failed');
}

/** A cycle is one unit (G1): where one member was not built, by name of every other member. */
function unbuiltCycles(gating: Gating, built: ReadonlyMap<string, Built>): ReadonlyMap<string, string> {
  const blocked = new Map<string, string>();
  for (const [name, made] of built) {
    if (made.kind === 'built') continue;
    for (const member of gating.cycleOf.get(name) ?? []) if (member !== name) blocked.set(member, name);
  }
  return blocked;
}
