import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { BuildOutcome, BuildRequest } from '@nx-pypi/release';
import { listTrackedFiles } from '@nx-pypi/workspace';
import { asksGit } from '../staging/backend-habits.ts';
import { makeWorkTree, markBoundary } from '../staging/make-work-tree.ts';
import { planStage, type StageSources } from '../staging/plan-stage.ts';
import type { StageFile } from '../staging/resolve-entry.ts';
import { stagedContents } from '../staging/staged-contents.ts';
import { writeStage } from '../staging/write-stage.ts';
import { collectArtifacts } from './collect-artifacts.ts';
import { failed } from './problems.ts';
import { inRoom } from './room.ts';
import { runBuild } from './run-build.ts';
import type { Workshop } from './workshop.ts';

/** Stage, edit, build, check, move: in a temporary folder that is gone afterwards. Never rejects for the package's cause. */
export async function buildPackage(
  workshop: Workshop,
  request: BuildRequest,
  sources: StageSources,
): Promise<BuildOutcome> {
  const settled = settable(request);
  if (settled !== null) return failed(settled);
  const first = await buildOnce(workshop, request, { sources, fresh: false });
  return first.lost ? (await buildOnce(workshop, request, { sources, fresh: true })).outcome : first.outcome;
}

interface Circumstances {
  readonly sources: StageSources;
  readonly fresh: boolean;
}

interface Ended {
  readonly outcome: BuildOutcome;
  /** The server of all builds ended under this one: it is staged again and built in a process of its own. */
  readonly lost: boolean;
}

function buildOnce(workshop: Workshop, request: BuildRequest, { sources, fresh }: Circumstances): Promise<Ended> {
  return inRoom(async (room) => {
    const problem = await prepareStage(workshop, request, sources, join(room, 'stage'));
    if (problem !== null) return { outcome: failed(problem), lost: false };
    const run = await runBuild(workshop, request, { room, fresh });
    if (run.problem !== null) return { outcome: failed(run.problem, run.log), lost: run.lost };
    const artifacts = await collectArtifacts(request, join(room, 'out'), workshop.notice);
    const outcome: BuildOutcome =
      artifacts.kind === 'found' ? { kind: 'built', artifacts: artifacts.value } : failed(artifacts.problem, run.log);
    return { outcome, lost: false };
  });
}

async function prepareStage(
  workshop: Workshop,
  request: BuildRequest,
  sources: StageSources,
  stage: string,
): Promise<Problem | null> {
  const files = await planStage(request.package, sources);
  if (files.kind === 'problem') return files.problem;
  const contents = stagedContents(request, sources.readText);
  if (contents.kind === 'problem') return contents.problem;
  await mkdir(stage, { recursive: true });
  await writeStage(stage, files.value, contents.value);
  if (!asksGit(request.package)) {
    await markBoundary(stage);
    return null;
  }
  return makeWorkTree(stage, await trackedIn(sources.root, files.value), workshop.env);
}

/** Plugins ship what git tracks: the stage's work tree tracks what the checkout does, and everything outside git. */
async function trackedIn(root: string, files: readonly StageFile[]): Promise<readonly string[]> {
  const tracked = await listTrackedFiles(root);
  const known = tracked === null ? null : new Set(tracked);
  return files.map(({ path }) => path).filter((path) => known?.has(path) ?? true);
}

function settable(request: BuildRequest): Problem | null {
  const declared = request.package.version;
  if (declared.kind !== 'scm' || declared.override !== null) return null;
  return {
    code: 'NXPYPI_VERSION_NOT_SETTABLE',
    message: `The version of ${request.package.name} is derived by ${declared.tool}, which has no variable that sets it in a build.`,
    hint: 'Use a plugin that has one (setuptools-scm, hatch-vcs, pdm), or state the version in the manifest.',
    where: request.package.manifest,
  };
}
