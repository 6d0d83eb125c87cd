import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../src/plan/check-plan.ts';
import { parsePlanFile } from '../../src/plan/parse-plan-file.ts';
import { planFileOf, type PlanFile } from '../../src/plan/plan-file.ts';
import { planRun } from '../../src/release.ts';
import type { PackageSpec } from '../packages.ts';
import { createWorld, requestOf, run, type World } from '../world.ts';

const SPECS: readonly PackageSpec[] = [
  { name: 'pitch', version: '1.4.2' },
  { name: 'brass', needs: ['pitch>=1,<2'] },
  { name: 'lute' },
];

/** pitch and brass released, brass changed; and the plan to release it, as read from a file. */
async function plannedBrass(): Promise<{ readonly world: World; readonly file: PlanFile }> {
  const world = createWorld();
  await run(world, { specs: SPECS });
  world.contents.set('brass', 'valves');
  const planned = await planRun(requestOf({ specs: SPECS, select: ['brass'] }), world.ports);
  const about = { tool: 'nx-pypi/test', repository: 'hall.example/orchestra', revision: 'abc' };
  const read = parsePlanFile(JSON.stringify(planFileOf(planned, about)), 'plan.json');
  if (read.kind === 'problem') throw new Error(read.problem.message);
  return { world, file: read.value };
}

async function check(world: World, file: PlanFile, specs = SPECS): Promise<readonly string[]> {
  const select = file.plan.releases.map(({ name }) => name);
  const { detections } = await planRun(requestOf({ specs, select }), world.ports);
  return checkPlan({ file, detections, repository: '' }).map(({ message }) => message);
}

describe('a plan in a file', () => {
  it('holds its packages and all that they need, and matches while nothing moves', async () => {
    const { world, file } = await plannedBrass();
    expect(file.plan.releases.map(({ name, version }) => `${name} ${version}`)).toEqual(['brass 1.0.1']);
    expect(file.packages.map(({ name }) => name)).toEqual(['brass', 'pitch']);
    expect(await check(world, file)).toEqual([]);
  });

  it('matches where what does not concern it moves', async () => {
    const { world, file } = await plannedBrass();
    world.contents.set('lute', 'strings');
    await run(world, { specs: SPECS, select: ['lute'] });
    expect(await check(world, file)).toEqual([]);
  });

  it('matches where the registry moved by the plan’s own files alone: a half-done plan resumes', async () => {
    const { world, file } = await plannedBrass();
    await run(world, { specs: SPECS, select: ['brass'] });
    world.files.set('brass', world.files.get('brass')?.slice(0, -1) ?? []);
    expect(await check(world, file)).toEqual([]);
  });

  it('refuses where a package of it, or one that it needs, changed in the repository', async () => {
    const { world, file } = await plannedBrass();
    world.contents.set('brass', 'other valves').set('pitch', 'other tuning');
    expect(await check(world, file)).toEqual([
      'the plan no longer fits brass: its sources changed in the repository',
      'the plan no longer fits pitch: its sources changed in the repository',
    ]);
    expect(await check(world, file, SPECS.slice(1))).toContain(
      'the plan no longer fits pitch: it is no longer a package that may be published here',
    );
  });

  it('refuses where the registry moved by others', async () => {
    const { world, file } = await plannedBrass();
    world.contents.set('pitch', 'other tuning');
    await run(world, { specs: SPECS, select: ['pitch'] });
    world.contents.set('pitch', '');
    expect(await check(world, file)).toEqual([
      'the plan no longer fits pitch: the registry has pitch-1.4.3-py3-none-any.whl meanwhile',
    ]);
  });

  it('B1: takes an unknown state for neither match nor absence', async () => {
    const { world, file } = await plannedBrass();
    const problem = { code: 'NXPYPI_REGISTRY_UNREACHABLE', message: 'no answer', hint: 'try again' };
    world.states.set('pitch', { kind: 'unknown', problem });
    expect(await check(world, file)).toEqual(['no answer']);
  });

  it('refuses a plan of another repository', async () => {
    const { file } = await plannedBrass();
    const problems = checkPlan({ file, detections: new Map(), repository: 'hall.example/chamber' });
    expect(problems).toMatchObject([{ code: 'NXPYPI_PLAN_STALE' }]);
  });
});

it.each([
  ['plan {', 'is not JSON'],
  ['[]', 'is not a plan'],
  ['{"format":2,"plan":{"format":1}}', 'has the format 2, which this version does not read'],
  ['{"format":1,"plan":{"format":1}}', 'is not a whole plan'],
])('%s is refused: %s', (text, why) => {
  expect(parsePlanFile(text, 'plan.json')).toMatchObject({ problem: { message: `plan.json ${why}` } });
});
