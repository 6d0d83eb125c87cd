import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Problem, ReadText } from '@nx-pypi/manifests';
import { bumpOfPlan, checkPlan, parsePlanFile, planRun, sceneOf, type Found, type PlanFile } from '@nx-pypi/release';
import type { OpenRun } from '../compose/open-run.ts';
import { NEVER } from '../report/stop-sign.ts';
import { withEdits, type Prepared } from './prepare-bump.ts';

/** The edits of a plan that was written earlier. Refused where it no longer fits; nothing is written here. */
export async function preparePlan(
  { request, ports }: Pick<OpenRun, 'request' | 'ports'>,
  file: PlanFile,
  readText: ReadText,
): Promise<Prepared> {
  if (file.plan.channel !== undefined) return { kind: 'problems', problems: [ofChannel(file.plan.channel)] };
  const scene = sceneOf(request.discovery, { ...request, select: 'all' });
  const prepared = withEdits(bumpOfPlan(file.plan, scene.graph, request.versions.dependents), scene, {
    request,
    readText,
  });
  // Carried out already: the rewritten ranges are why the sources are no longer those of the plan.
  if (prepared.kind === 'prepared' && prepared.bump.edits.files.length === 0) return prepared;
  const select = file.plan.releases.map(({ name }) => name);
  const { detections } = await planRun({ ...request, select }, { ...ports, progress: () => {}, stop: NEVER });
  const problems = checkPlan({ file, detections, repository: request.checkout.repository });
  return problems.length > 0 ? { kind: 'problems', problems } : prepared;
}

/** Rule C3: nothing of a channel is written back. */
function ofChannel(channel: string): Problem {
  return {
    code: 'NXPYPI_CHANNEL_WRITES_NOTHING',
    message: `the plan is for the channel ${channel}, whose versions are not written into manifests`,
    hint: 'carry it out with nx-pypi build --plan and nx-pypi publish --plan, or plan without --channel',
  };
}

/** Reads a plan file; `path` may be relative to `folder`. */
export async function readPlanFile(folder: string, path: string): Promise<Found<PlanFile>> {
  const text = await readFile(resolve(folder, path), 'utf8').catch(() => null);
  if (text !== null) return parsePlanFile(text, path);
  return {
    kind: 'problem',
    problem: {
      code: 'NXPYPI_BAD_PLAN',
      message: `${path} can't be read`,
      hint: 'write one: nx-pypi plan --out FILE',
      where: path,
    },
  };
}
