import { describe, expect, it } from 'vitest';
import { createWorld, run } from '../world.ts';

const TRIO = [
  { name: 'pitch', version: '1.0.0' },
  { name: 'strings', version: '1.0.0', needs: ['pitch>=1,<2'] },
  { name: 'brass', version: '1.0.0' },
];

describe('G2: --all-or-nothing', () => {
  it('sends nothing of any package where one does not build', async () => {
    const world = createWorld();
    world.broken.add('brass');
    expect((await run(world, { specs: TRIO, allOrNothing: true })).outcomes).toEqual({
      pitch: 'skipped run-stopped',
      strings: 'skipped run-stopped',
      brass: 'failed NXPYPI_BUILD_FAILED',
    });
    expect(world.uploads).toEqual([]);
    expect((await run(world, { specs: TRIO })).outcomes).toMatchObject({ pitch: 'published 1.0.0' });
  });

  it('sends nothing where the plan already has to leave one out', async () => {
    const world = createWorld();
    const problem = { code: 'NXPYPI_REGISTRY_UNREACHABLE', message: 'no answer', hint: 'try again' };
    world.states.set('brass', { kind: 'unknown', problem });
    const { outcomes } = await run(world, { specs: TRIO, allOrNothing: true });
    expect(outcomes).toMatchObject({ pitch: 'skipped run-stopped', strings: 'skipped run-stopped' });
  });

  it('sends no more once one is refused', async () => {
    const world = createWorld();
    world.rejected.add('pitch');
    const { outcomes } = await run(world, { specs: TRIO.slice(0, 2), allOrNothing: true });
    expect(outcomes).toEqual({ pitch: 'failed NXPYPI_REJECTED', strings: 'skipped needs-stopped pitch' });
  });
});

describe('a run that is asked to end', () => {
  it('finishes the upload in flight, begins no other, and says what is left', async () => {
    const world = createWorld();
    let asked = false;
    world.ports.stop.asked = () => asked;
    world.meanwhile.set('pitch', () => {
      asked = true;
      return Promise.resolve();
    });
    const { outcomes } = await run(world, { specs: TRIO.slice(0, 2) });
    expect(outcomes).toEqual({ pitch: 'published 1.0.0', strings: 'skipped run-stopped' });
    expect(world.files.get('pitch')).toHaveLength(2);
    asked = false;
    expect((await run(world, { specs: TRIO })).outcomes).toEqual({
      pitch: 'unchanged 1.0.0',
      strings: 'published 1.0.0',
      brass: 'published 1.0.0',
    });
  });

  it('abandons builds that have not ended', async () => {
    const world = createWorld();
    let ask = (): void => {};
    world.ports.stop.request = new Promise((resolve) => {
      ask = resolve;
    });
    let asked = false;
    world.ports.stop.asked = () => asked;
    world.ports.builder.build = () => {
      asked = true;
      ask();
      return new Promise(() => {});
    };
    expect((await run(world, { specs: TRIO })).outcomes).toEqual({
      pitch: 'skipped run-stopped',
      strings: 'skipped run-stopped',
      brass: 'skipped run-stopped',
    });
  });
});

describe('G6, G10: a dry run of one of several tasks', () => {
  it('takes for released what the other tasks would release, and a real run does not', async () => {
    const world = createWorld();
    const promised = ['pitch'];
    const specs = TRIO;
    expect((await run(world, { specs, select: ['strings'], promised, dryRun: true })).outcomes).toEqual({
      strings: 'planned 1.0.0',
    });
    expect((await run(world, { specs, select: ['strings'], promised })).outcomes).toEqual({
      strings: 'skipped needs-pending pitch',
    });
  });
});
