import { parseVersion, type Version } from '@nx-pypi/standards';
import { lineOf } from '../detect/baseline/baseline.ts';
import type { Detection } from '../detect/detection.ts';
import type { PackageOutcome } from '../model/outcome.ts';
import type { ReleasePlan } from '../model/plan.ts';
import type { Planned, ReleasePorts, ReleaseRequest } from '../run.ts';
import type { Built } from './build-release.ts';
import { buildAll, publishAll, type PublishInput, type RunState } from './publish-all.ts';
import type { RoundOutcome } from './round.ts';

export interface RoundContext {
  readonly request: ReleaseRequest;
  readonly ports: ReleasePorts;
  readonly state: RunState;
  readonly onOutcome: (name: string, outcome: PackageOutcome) => void;
}

/** bump → build → publish → verify, once for every release of the plan. `refused` are known to fail and are not built. */
export async function publishRound(
  { scene, detections, plan }: Planned,
  refused: ReadonlyMap<string, Built>,
  { request, ports, state, onOutcome }: RoundContext,
): Promise<ReadonlyMap<string, RoundOutcome>> {
  const decidesAnew = request.detect.versions === 'registry';
  const input: PublishInput = {
    plan,
    gating: scene.gating,
    packages: scene.graph.packages,
    digests: digestsOf(detections),
    against: (name) => ({
      known: detections.get(name)?.versions ?? [],
      line: lineOf(name, request.detect),
      decidesAnew,
    }),
    concurrency: request.concurrency,
    allOrNothing: request.allOrNothing,
    state,
    stop: ports.stop,
    onBuilt: (name) => ports.progress({ kind: 'built', name }),
    onOutcome,
  };
  ports.progress({ kind: 'building', packages: plan.releases.length - refused.size });
  const built = await buildAll(input, refused, {
    builder: ports.builder,
    checkout: request.checkout,
    tool: request.tool,
    ...(plan.channel === undefined ? {} : { channel: plan.channel }),
    names: scene.names,
    versionOf: versionsAfter(plan, detections),
    outDir: ports.scratch,
    released: (name) =>
      (detections.get(name)?.versions ?? []).flatMap(({ files }) => files.map(({ filename }) => filename)),
  });
  ports.progress({ kind: 'publishing', packages: plan.releases.length - refused.size });
  return publishAll(input, built, ports);
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
  for (const { constraints } of plan.releases) {
    // What a run of a channel pins is the version that the channel holds, though its baseline may be a final one.
    for (const { dependency, specifier, from } of constraints)
      if (from === 'channel') versions.set(dependency, parseVersion(specifier.replace(/^==/, '')));
  }
  for (const planned of plan.releases) versions.set(planned.name, parseVersion(planned.version));
  return (name) => versions.get(name) ?? null;
}
