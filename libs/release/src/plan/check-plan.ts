import type { Problem } from '@nx-pypi/manifests';
import { compareVersions, parseDistributionFilename, parseVersion } from '@nx-pypi/standards';
import type { Detection } from '../detect/detection.ts';
import type { PlannedRelease } from '../model/plan.ts';
import { filesOf, type PlanEvidence, type PlanFile } from './plan-file.ts';

export interface PlanCheck {
  readonly file: PlanFile;
  /** What is so now, of every package of the plan and of its dependency closure. */
  readonly detections: ReadonlyMap<string, Detection>;
  /** `host/path` of this repository, or ''. */
  readonly repository: string;
}

/**
 * Whether a plan may still be carried out: every package of it and of its dependency closure has the sources and the
 * released files that it was made from. Files that the plan itself publishes may be there: a half-done plan resumes.
 * No problems: it matches.
 */
export function checkPlan({ file, detections, repository }: PlanCheck): readonly Problem[] {
  if (file.repository !== '' && repository !== '' && file.repository !== repository)
    return [foreignPlan(file.repository, repository)];
  const releases = new Map(file.plan.releases.map((release) => [release.name, release]));
  return file.packages.flatMap((evidence) => {
    const detection = detections.get(evidence.name);
    if (detection === undefined) return [stale(evidence.name, 'it is no longer a package that may be published here')];
    if (detection.digest === null) {
      const { change } = detection;
      return [change.kind === 'unknown' ? change.problem : stale(evidence.name, 'its sources could not be read')];
    }
    return mismatches(evidence, detection, releases.get(evidence.name)).map((why) => stale(evidence.name, why));
  });
}

function mismatches(
  evidence: PlanEvidence,
  detection: Detection,
  release: PlannedRelease | undefined,
): readonly string[] {
  const reasons: string[] = [];
  if (detection.digest !== evidence.digest) reasons.push('its sources changed in the repository');
  const now = new Set(filesOf(detection));
  const then = new Set(evidence.files);
  const gone = evidence.files.find((entry) => !now.has(entry));
  const added = [...now].find((entry) => !then.has(entry) && !isOwn(entry, release));
  if (gone !== undefined) reasons.push(`the registry no longer has ${filenameOf(gone)} as it was`);
  if (added !== undefined) reasons.push(`the registry has ${filenameOf(added)} meanwhile`);
  return reasons;
}

/** A file of the version that the plan publishes; whether it has the planned content is asked when it is uploaded (G4). */
function isOwn(entry: string, release: PlannedRelease | undefined): boolean {
  const version = parseDistributionFilename(filenameOf(entry))?.version;
  const planned = release === undefined ? null : parseVersion(release.version);
  return version !== undefined && planned !== null && compareVersions(version, planned) === 0;
}

function filenameOf(entry: string): string {
  return entry.slice(0, entry.lastIndexOf(' '));
}

function stale(name: string, why: string): Problem {
  return {
    code: 'NXPYPI_PLAN_STALE',
    message: `the plan no longer fits ${name}: ${why}`,
    hint: 'make the plan anew: nx-pypi plan --out FILE',
  };
}

function foreignPlan(theirs: string, ours: string): Problem {
  return {
    code: 'NXPYPI_PLAN_STALE',
    message: `the plan was made in ${theirs}, and this is ${ours}`,
    hint: 'carry it out in a checkout of the repository that it was made in',
  };
}
