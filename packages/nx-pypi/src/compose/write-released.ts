import type { Problem } from '@nx-pypi/manifests';
import {
  bumpOfPlan,
  sceneOf,
  type BumpPlan,
  type PlannedRelease,
  type ReleaseReport,
  type ReleaseRequest,
} from '@nx-pypi/release';
import { readWorkspaceText, type Environment } from '@nx-pypi/workspace';
import { carryOut, foldersOf } from '../bump/carry-out.ts';
import { withEdits } from '../bump/prepare-bump.ts';

export interface WrittenVersions {
  readonly plan: BumpPlan | null;
  /** Workspace-relative. */
  readonly written: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Writes the versions that the registry holds after a run into the manifests, with the ranges that follow: what this run
 * published and what was published before. A manifest that is at or above its version stays (rule E5).
 */
export async function writeReleased(
  report: ReleaseReport,
  request: ReleaseRequest,
  { root, env }: { readonly root: string; readonly env: Environment },
): Promise<WrittenVersions> {
  const releases = report.results.flatMap(({ name, path, outcome }): readonly PlannedRelease[] => {
    if (outcome.kind === 'published') return [outcome.release];
    if (outcome.kind !== 'unchanged' || outcome.why === 'superseded') return [];
    const { version } = outcome;
    const nothing = { previous: version, chosen: false, reasons: [], constraints: [], artifacts: [] } as const;
    return [{ name, path, version, verdict: 'unchanged', ...nothing }];
  });
  const scene = sceneOf(request.discovery, { ...request, select: 'all' });
  const plan = { format: 1, releases, kept: [], stopped: [], pending: [] } as const;
  const prepared = withEdits(bumpOfPlan(plan, scene.graph, request.versions.dependents), scene, {
    request,
    readText: readWorkspaceText(root),
  });
  if (prepared.kind === 'problems') return { plan: null, written: [], problems: prepared.problems };
  const { edits, plan: bump } = prepared.bump;
  if (edits.files.length === 0) return { plan: bump, written: [], problems: [] };
  const names = [...new Set([...bump.packages, ...bump.ranges].map(({ name }) => name))];
  const done = await carryOut({
    root,
    env,
    files: edits.files,
    names,
    folders: foldersOf(request),
    branch: null,
    commit: null,
  });
  return { plan: bump, written: done.written, problems: done.problems };
}
