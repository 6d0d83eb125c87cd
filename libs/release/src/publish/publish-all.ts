import type { PythonPackage } from '@nx-pypi/manifests';
import type { Gating } from '../graph/gating.ts';
import { opensGate, type PackageOutcome } from '../model/outcome.ts';
import type { ReleasePlan } from '../model/plan.ts';
import { buildRelease, type BuildContext, type Built } from './build-release.ts';
import { publishRelease, type PublishPorts } from './publish-release.ts';
import { runGated } from './run-gated.ts';

export interface PublishInput {
  readonly plan: ReleasePlan;
  readonly gating: Gating;
  readonly packages: ReadonlyMap<string, PythonPackage>;
  readonly digests: ReadonlyMap<string, string>;
  readonly concurrency: number;
  /** Called once per planned release, as soon as its outcome is known. */
  readonly onOutcome: (name: string, outcome: PackageOutcome) => void;
}

/** Rule G2: everything that this process will send is built and checked before its first upload. */
export async function buildAll(input: PublishInput, context: BuildContext): Promise<ReadonlyMap<string, Built>> {
  const built = await Promise.all(
    input.plan.releases.map(async (release): Promise<readonly [string, Built]> => {
      const pkg = input.packages.get(release.name);
      if (pkg === undefined) throw new Error(`the plan releases ${release.name}, which is not in the workspace`);
      return [release.name, await buildRelease(pkg, release, input.digests.get(release.name) ?? '', context)];
    }),
  );
  return new Map(built);
}

/** Uploads what was built, each package when what it needs is visible (rule G1). A run-wide cause stops what has not begun. */
export async function publishAll(
  input: PublishInput,
  built: ReadonlyMap<string, Built>,
  ports: PublishPorts,
): Promise<ReadonlyMap<string, PackageOutcome>> {
  const releases = new Map(input.plan.releases.map((release) => [release.name, release]));
  const unbuilt = unbuiltCycles(input.gating, built);
  const run = { stopped: false };
  const settle = (name: string, outcome: PackageOutcome): PackageOutcome => {
    input.onOutcome(name, outcome);
    return outcome;
  };
  return runGated<PackageOutcome>({
    order: input.gating.order.filter((name) => releases.has(name)),
    waitsFor: (name) => input.gating.waitsFor.get(name) ?? [],
    concurrency: input.concurrency,
    opens: opensGate,
    skip: (name, dependency) =>
      settle(name, {
        kind: 'skipped',
        release: releases.get(name) ?? null,
        because: { kind: 'needs-stopped', dependency },
      }),
    run: async (name) => {
      const release = releases.get(name);
      const made = built.get(name);
      if (release === undefined || made === undefined) throw new Error(`${name} was not built`);
      if (made.kind === 'failed')
        return settle(name, { kind: 'failed', release, problems: made.problems, log: made.log });
      const blocker = unbuilt.get(name);
      if (blocker !== undefined)
        return settle(name, { kind: 'skipped', release, because: { kind: 'needs-stopped', dependency: blocker } });
      if (run.stopped) return settle(name, { kind: 'skipped', release, because: { kind: 'run-stopped' } });
      const { outcome, runWide } = await publishRelease(release, made.artifacts, ports);
      if (runWide) run.stopped = true;
      return settle(name, outcome);
    },
  });
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
