import { expect, it } from 'vitest';
import { planFileOf, type PlanFile } from '../../src/plan/plan-file.ts';
import { builtHere, publishPlan } from '../../src/publish/publish-plan.ts';
import { planRun } from '../../src/release.ts';
import type { PackageSpec } from '../packages.ts';
import { createWorld, requestOf, run, type RunSpec, type World } from '../world.ts';

const SPECS: readonly PackageSpec[] = [
  { name: 'pitch', version: '1.4.2' },
  { name: 'brass', version: '1.0.0', needs: ['pitch~=1.4'] },
  { name: 'lute', version: '0.3.0' },
];

/** All released, pitch and lute changed, and the plan of a major version of pitch; brass follows. */
async function planned(): Promise<{ readonly world: World; readonly file: PlanFile }> {
  const world = createWorld();
  await run(world, { specs: SPECS });
  world.contents.set('pitch', 'lower').set('lute', 'frets');
  const steps = { pitch: 'major', lute: '0.9' };
  const result = await planRun(requestOf({ specs: SPECS, steps }), world.ports);
  world.uploads.length = 0;
  return { world, file: planFileOf(result, { tool: 'nx-pypi/test', repository: '', revision: '' }) };
}

async function carryOut(world: World, file: PlanFile, spec: Partial<RunSpec> = {}) {
  const request = requestOf({ specs: SPECS, ...spec });
  const report = await publishPlan(file, builtHere(request, world.ports), request, world.ports);
  const outcomes = report.results.map(({ name, outcome }) => `${name} ${outcome.kind}`).toSorted();
  return { outcomes, problems: report.problems.map(({ code }) => code) };
}

function versions({ file }: { readonly file: PlanFile }): readonly string[] {
  return file.plan.releases.map(({ name, version }) => `${name} ${version}`).toSorted();
}

it('G5: a plan is built and published as it says, whatever a run would choose today', async () => {
  const there = await planned();
  expect(versions(there)).toEqual(['brass 1.0.1', 'lute 0.9', 'pitch 2.0.0']);
  const { outcomes, problems } = await carryOut(there.world, there.file, { level: 'patch' });
  expect({ outcomes, problems }).toEqual({
    outcomes: ['brass published', 'lute published', 'pitch published'],
    problems: [],
  });
  const now = await run(there.world, { specs: SPECS });
  expect(now.outcomes).toEqual({ pitch: 'unchanged 2.0.0', brass: 'unchanged 1.0.1', lute: 'unchanged 0.9' });
});

it('a dry run sends nothing and builds nothing', async () => {
  const { world, file } = await planned();
  const { outcomes } = await carryOut(world, file, { dryRun: true });
  expect(outcomes).toEqual(['brass planned', 'lute planned', 'pitch planned']);
  expect(world.uploads).toEqual([]);
});

it('a plan is refused as a whole where sources changed since, before anything is built', async () => {
  const { world, file } = await planned();
  world.contents.set('pitch', 'higher');
  expect(await carryOut(world, file)).toEqual({ outcomes: [], problems: ['NXPYPI_PLAN_STALE'] });
  expect(world.uploads).toEqual([]);
});

it('a half-done plan is gone on with: what it published itself stays as it is', async () => {
  const { world, file } = await planned();
  const lute = file.plan.releases.find(({ name }) => name === 'lute');
  if (lute === undefined) throw new Error('lute is planned');
  const stored = (): Readonly<Record<string, number>> =>
    Object.fromEntries([...world.files].map(([name, files]) => [name, files.length]));
  await carryOut(world, { ...file, plan: { ...file.plan, releases: [lute] } });
  expect(stored()).toEqual({ pitch: 2, brass: 2, lute: 4 });
  const published = { outcomes: ['brass published', 'lute published', 'pitch published'], problems: [] };
  expect(await carryOut(world, file)).toEqual(published);
  expect(stored()).toEqual({ pitch: 4, brass: 4, lute: 4 });
  expect(await carryOut(world, file)).toEqual(published);
  expect(stored()).toEqual({ pitch: 4, brass: 4, lute: 4 });
});

it('a version that somebody else published meanwhile stops it', async () => {
  const { world, file } = await planned();
  await run(world, { specs: SPECS, select: ['lute'], steps: { lute: '1.0' } });
  world.uploads.length = 0;
  expect(await carryOut(world, file)).toEqual({ outcomes: [], problems: ['NXPYPI_PLAN_STALE'] });
  expect(world.uploads).toEqual([]);
});
