import { expect, it } from 'vitest';
import type { PackageSpec } from '../packages.ts';
import { createWorld, run } from '../world.ts';

/** The builds of this world make wheels for any platform. */
function specs(wheels: readonly string[]): readonly PackageSpec[] {
  return [
    { name: 'pitch', version: '1.0.0', wheels },
    { name: 'strings', version: '1.0.0', needs: ['pitch>=1,<2'] },
  ];
}

it('C4, G2: a package whose wheels come from several platforms is not sent by one, nor what needs it', async () => {
  const world = createWorld();
  const { outcomes, report } = await run(world, { specs: specs(['any', 'win_amd64']) });
  expect(outcomes).toEqual({ pitch: 'failed NXPYPI_WHEELS_ELSEWHERE', strings: 'skipped needs-stopped pitch' });
  expect(world.uploads).toEqual([]);
  expect(report.results[0]?.outcome).toMatchObject({
    problems: [{ message: 'pitch 1.0.0 has to have wheels for win_amd64, which are not built here' }],
  });
});

it('C4: it is sent where all of them are built, and incomplete while one lacks', async () => {
  const world = createWorld();
  expect((await run(world, { specs: specs(['any']) })).outcomes['pitch']).toBe('published 1.0.0');
  expect((await run(world, { specs: specs(['any']) })).outcomes['pitch']).toBe('unchanged 1.0.0');
  const { outcomes, report } = await run(world, { specs: specs(['any', 'win_amd64']), dryRun: true });
  expect(outcomes['pitch']).toBe('planned 1.0.0');
  expect(report.results[0]?.outcome).toMatchObject({ release: { verdict: 'incomplete', artifacts: ['wheel'] } });
});
