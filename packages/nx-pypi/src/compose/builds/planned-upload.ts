import type { Problem } from '@nx-pypi/manifests';
import {
  builtElsewhere,
  builtHere,
  matchArtifacts,
  publishPlan,
  type ArtifactFolder,
  type PlanFile,
  type ReleasePorts,
  type ReleaseReport,
  type ReleaseRequest,
} from '@nx-pypi/release';
import { openArtifacts, readArtifactFolder } from './artifact-folder.ts';

/** Publishes the folders of a build with their plan. Where a file is amiss, nothing is sent, and all that is amiss is told. */
export async function uploadPlanned(
  plan: PlanFile,
  folders: readonly string[],
  request: ReleaseRequest,
  ports: ReleasePorts,
): Promise<ReleaseReport> {
  const read = await Promise.all(folders.map((folder) => readArtifactFolder(folder)));
  const found: ArtifactFolder[] = [];
  const problems: Problem[] = [];
  for (const one of read) {
    if (one.kind === 'found') found.push(one.value);
    else problems.push(one.problem);
  }
  if (problems.length > 0) return refusedReport(problems, request.dryRun);
  const { matched, problems: mismatches } = matchArtifacts(plan.plan, found, releasedFiles(plan));
  if (mismatches.length > 0) return refusedReport(mismatches, request.dryRun);
  const opened = await openArtifacts(matched, ports.builder);
  if (opened.problems.length > 0) return refusedReport(opened.problems, request.dryRun);
  return publishPlan(plan, builtElsewhere(opened.artifacts), request, ports);
}

/** Builds what a plan says, and publishes it. */
export function carryOutPlan(plan: PlanFile, request: ReleaseRequest, ports: ReleasePorts): Promise<ReleaseReport> {
  return publishPlan(plan, builtHere(request, ports), request, ports);
}

/** What the registry held when the plan was made: a release that is completed has some of its files there. */
function releasedFiles({ packages }: PlanFile): readonly string[] {
  return packages.flatMap(({ files }) => files.map((entry) => entry.slice(0, entry.lastIndexOf(' '))));
}

function refusedReport(problems: readonly Problem[], dryRun: boolean): ReleaseReport {
  return { results: [], problems, dryRun };
}
