import type { Problem, ReadText } from '@nx-pypi/manifests';
import {
  bumpEdits,
  bumpScope,
  planBump,
  planRun,
  publishableNames,
  sceneOf,
  selectPackages,
  stepText,
  type BumpEdits,
  type BumpPlan,
  type FileChange,
  type Reason,
  type ReleaseRequest,
  type Scene,
  type Step,
} from '@nx-pypi/release';

import { parseVersion, type Version } from '@nx-pypi/standards';
import type { OpenRun } from '../compose/open-run.ts';
import { NEVER } from '../report/stop-sign.ts';
import { autoSteps } from './auto-steps.ts';
import { baselineCommits } from './baseline-commits.ts';
import { changelogs } from './changelogs.ts';

/** What a person wants bumped. */
export interface BumpAsk {
  /** Names, globs and `tag:` patterns; none: everything that may be published, unless steps alone name packages. */
  readonly patterns: readonly string[];
  /** Only what differs from the registry. */
  readonly changed: boolean;
  /** For all. */
  readonly level: Step | null;
  /** For single packages, by normalised name. */
  readonly steps: ReadonlyMap<string, Step>;
  /** The day that change logs bear (ISO 8601), or null to write none. */
  readonly changelog: string | null;
}

export interface PreparedBump {
  readonly plan: BumpPlan;
  readonly edits: BumpEdits;
  readonly scene: Scene;
}

export type Prepared =
  | { readonly kind: 'prepared'; readonly bump: PreparedBump }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Reads the registry and works out every edit; writes nothing. */
export async function prepareBump(
  { request, ports }: Pick<OpenRun, 'request' | 'ports'>,
  ask: BumpAsk,
  readText: ReadText,
): Promise<Prepared> {
  const scene = sceneOf(request.discovery, { ...request, select: 'all' });
  const publishable = publishableNames(scene.graph, request);
  const selection = selectPackages(patternsOf(ask), { graph: scene.graph, publishable, tags: request.tags });
  if (selection.problems.length > 0) return { kind: 'problems', problems: selection.problems };
  const asked = ask.changed ? await changedOf(selection.names, ask, { request, ports }) : wanted(selection.names, ask);
  if (asked.kind === 'problems') return asked;
  const { lockstep } = request.versions.dependents;
  const scope = bumpScope(asked.names.keys(), scene.graph, lockstep);
  const names = [...publishable].filter((name) => scope.has(name));
  const states = await ports.registry.read(names);
  const commits = baselineCommits({ request, ports }, states);
  const policy = { ...request.versions, level: ask.level ?? request.versions.level, levels: levelsOf(request, ask) };
  const { versions, problems } = await autoSteps(policy, asked.names.keys(), commits);
  if (problems.length > 0) return { kind: 'problems', problems };
  const plan = planBump({
    graph: scene.graph,
    gating: scene.gating,
    names: scene.names,
    publishable: new Set(names),
    states,
    asked: withLevels(asked.names, versions.levels),
    baseline: request.detect,
    versions,
  });
  const prepared = withEdits(plan, scene, { request, readText });
  if (prepared.kind === 'problems' || ask.changelog === null) return prepared;
  const logs = await changelogs(plan, commits, { readText, date: ask.changelog });
  if (logs.problems.length > 0) return { kind: 'problems', problems: logs.problems };
  const edits = { ...prepared.bump.edits, files: [...prepared.bump.edits.files, ...logs.files].toSorted(byPath) };
  return { kind: 'prepared', bump: { ...prepared.bump, edits } };
}

function byPath(a: FileChange, b: FileChange): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** The plan of a bump with the edits that carry it out, if nothing speaks against it. */
export function withEdits(
  plan: BumpPlan,
  scene: Scene,
  { request, readText }: { readonly request: ReleaseRequest; readonly readText: ReadText },
): Prepared {
  if (plan.problems.length > 0) return { kind: 'problems', problems: plan.problems };
  const versions = versionsOf(plan);
  const packages = [...scene.graph.packages.values()];
  const edits = bumpEdits({
    packages,
    versions,
    ranges: plan.ranges,
    dependents: request.versions.dependents,
    readText,
  });
  if (edits.problems.length > 0) return { kind: 'problems', problems: edits.problems };
  return { kind: 'prepared', bump: { plan, edits, scene } };
}

/** What `auto` came to, where it was asked for. */
function withLevels(
  asked: ReadonlyMap<string, readonly Reason[]>,
  levels: ReadonlyMap<string, Step>,
): ReadonlyMap<string, readonly Reason[]> {
  const told = (name: string, reason: Reason): Reason => {
    const step = levels.get(name);
    if (reason.kind !== 'asked' || reason.step !== 'auto' || step === undefined) return reason;
    return { kind: 'asked', step: `auto, ${stepText(step)} by its commits` };
  };
  return new Map([...asked].map(([name, reasons]) => [name, reasons.map((reason) => told(name, reason))]));
}

/** Steps name packages too; beside a level, which is for all, they say what is otherwise for some. */
function patternsOf({ patterns, steps, level, changed }: BumpAsk): readonly string[] {
  const forAll = patterns.length === 0 && (steps.size === 0 || level !== null || changed);
  return [...patterns, ...steps.keys(), ...(forAll ? ['*'] : [])];
}

function levelsOf({ versions }: ReleaseRequest, { steps }: BumpAsk): ReadonlyMap<string, Step> {
  return new Map([...versions.levels, ...steps]);
}

type Asked =
  | { readonly kind: 'asked'; readonly names: ReadonlyMap<string, readonly Reason[]> }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

function wanted(names: readonly string[], ask: BumpAsk): Asked {
  const reasons = names.map((name): readonly [string, readonly Reason[]] => {
    const step = ask.steps.get(name) ?? ask.level;
    return [name, [{ kind: 'asked', step: step === null ? 'bump' : stepText(step) }]];
  });
  return { kind: 'asked', names: new Map(reasons) };
}

/** `--changed`: those that detection finds to differ; what it can't find out is a problem (law 1). */
async function changedOf(
  names: readonly string[],
  ask: BumpAsk,
  { request, ports }: Pick<OpenRun, 'request' | 'ports'>,
): Promise<Asked> {
  const run = { ...request, select: names };
  const { detections } = await planRun(run, { ...ports, progress: () => {}, stop: NEVER });
  const changed = new Map<string, readonly Reason[]>();
  const problems: Problem[] = [];
  for (const name of names) {
    const change = detections.get(name)?.change;
    if (change?.kind === 'unknown') problems.push(change.problem);
    else if (change?.kind === 'changed' || change?.kind === 'ahead') changed.set(name, change.reasons);
    else if (ask.steps.has(name)) changed.set(name, [{ kind: 'asked', step: 'bump' }]);
  }
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'asked', names: changed };
}

function versionsOf(plan: BumpPlan): ReadonlyMap<string, Version> {
  return new Map(
    plan.packages.flatMap(({ name, version }) => {
      const parsed = parseVersion(version);
      return parsed === null ? [] : [[name, parsed] as const];
    }),
  );
}
