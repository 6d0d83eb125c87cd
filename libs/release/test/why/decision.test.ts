import { expect, it } from 'vitest';
import { planRun } from '../../src/release.ts';
import { decisionOf } from '../../src/why/decision.ts';
import { createWorld, requestOf, run, type World } from '../world.ts';
import type { Decision } from '../../src/why/explanation.ts';

const specs = [{ name: 'gut' }, { name: 'strings', needs: ['gut>=1'] }, { name: 'violin', needs: ['strings>=1'] }];

async function decide(world: World, name: string): Promise<Decision> {
  const planned = await planRun(requestOf({ specs }), world.ports);
  const change = planned.detections.get(name)?.change;
  if (change === undefined) throw new Error(`nothing was detected for ${name}`);
  return decisionOf(planned, name, change);
}

it('a first release, an unchanged package, and the next version', async () => {
  const world = createWorld();
  expect(await decide(world, 'violin')).toEqual({ kind: 'release', previous: null, version: '1.0.0' });
  await run(world, { specs });
  expect(await decide(world, 'violin')).toEqual({ kind: 'keep', version: '1.0.0' });
  world.contents.set('violin', 'other');
  expect(await decide(world, 'violin')).toEqual({ kind: 'release', previous: '1.0.0', version: '1.0.1' });
});

it('law 1: what stops a package is followed down to the problem', async () => {
  const world = createWorld();
  const problem = { code: 'NXPYPI_DOWN', message: 'no answer', hint: 'ask again' };
  world.states.set('gut', { kind: 'unknown', problem });
  expect(await decide(world, 'violin')).toEqual({ kind: 'stop', path: ['violin', 'strings', 'gut'], problem });
});
