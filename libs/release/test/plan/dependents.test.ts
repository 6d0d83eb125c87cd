import { describe, expect, it } from 'vitest';
import type { EdgePolicy, Rewrite } from '../../src/policy/dependents.ts';
import type { PackageSpec } from '../packages.ts';
import { createWorld, run, type RunSpec, type World } from '../world.ts';

const PITCH: PackageSpec = { name: 'pitch', version: '1.4.2' };

function policy(edge: Partial<EdgePolicy>): NonNullable<RunSpec['dependents']> {
  return { edge: () => ({ follow: 'range', rewrite: 'style', ...edge }) };
}

/** A world in which everything is released and then `changed` gets other content. */
async function released(specs: readonly PackageSpec[], changed: readonly string[], spec: Partial<RunSpec> = {}) {
  const world = createWorld();
  await run(world, { specs, ...spec });
  for (const name of changed) world.contents.set(name, 'new');
  return world;
}

function shipped(world: World, name: string): readonly string[] {
  const headers = world.files.get(name)?.at(-1)?.metadata.headers ?? [];
  return headers.filter(([key]) => key === 'Requires-Dist').map(([, value]) => value);
}

describe('F1: how a range is rewritten', () => {
  it.each<[Rewrite, string]>([
    ['style', 'pitch>=2.0.0,<3'],
    ['exact', 'pitch==2.0.0'],
    ['compatible', 'pitch~=2.0.0'],
    ['cap-next-major', 'pitch>=2.0.0,<3'],
  ])('%s: %s', async (rewrite, after) => {
    const specs = [PITCH, { name: 'brass', needs: ['pitch>=1.4,<2'] }];
    const world = await released(specs, ['pitch']);
    const { outcomes } = await run(world, { specs, level: 'major', dependents: policy({ rewrite }) });
    expect(outcomes).toEqual({ pitch: 'published 2.0.0', brass: 'published 1.0.1' });
    expect(shipped(world, 'brass')).toEqual([after]);
    const again = await run(world, { specs, dependents: policy({ rewrite }) });
    expect(again.outcomes).toEqual({ pitch: 'unchanged 2.0.0', brass: 'unchanged 1.0.1' });
  });

  it('F5: floor keeps the ceiling, and what would admit nothing is an error that names the edge', async () => {
    const specs = [PITCH, { name: 'brass', needs: ['pitch>=1.4,<2'] }];
    const world = await released(specs, ['pitch']);
    const spec = { specs, level: 'major', dependents: policy({ rewrite: 'floor' }) } as const;
    const { outcomes, report } = await run(world, spec);
    expect(outcomes).toEqual({ pitch: 'published 2.0.0', brass: 'failed NXPYPI_EMPTY_RANGE' });
    const brass = report.results.find(({ name }) => name === 'brass')?.outcome;
    expect(brass?.kind === 'failed' && brass.problems[0]?.message).toBe(
      "brass needs pitch as 'pitch>=1.4,<2', which would become '>=2.0.0,<2' for 2.0.0 and accept no version",
    );
  });

  it('F5: a version that a range excludes by name blocks the dependent', async () => {
    const specs = [PITCH, { name: 'brass', needs: ['pitch>=1,!=1.4.3'] }];
    const world = await released(specs, ['pitch', 'brass']);
    const { outcomes } = await run(world, { specs });
    expect(outcomes).toEqual({ pitch: 'published 1.4.3', brass: 'failed NXPYPI_RANGE_BLOCKED' });
  });
});

describe('F3: who follows', () => {
  it('always: while the shipped floor is below the dependency, and not again', async () => {
    const specs = [PITCH, { name: 'brass', needs: ['pitch>=1.4,<2'] }, { name: 'lute', needs: ['pitch~=1.4'] }];
    const dependents = policy({ follow: 'always' });
    const world = await released(specs, ['pitch'], { dependents });
    expect((await run(world, { specs, dependents })).outcomes).toEqual({
      pitch: 'published 1.4.3',
      brass: 'published 1.0.1',
      lute: 'published 1.0.1',
    });
    expect([shipped(world, 'brass'), shipped(world, 'lute')]).toEqual([['pitch>=1.4.3,<2'], ['pitch>=1.4.3,~=1.4']]);
    expect((await run(world, { specs, dependents })).outcomes).toEqual({
      pitch: 'unchanged 1.4.3',
      brass: 'unchanged 1.0.1',
      lute: 'unchanged 1.0.1',
    });
  });

  it('never: what is unchanged stays, what is to be released is stopped by its ceiling', async () => {
    const specs = [PITCH, { name: 'brass', needs: ['pitch<2'] }, { name: 'lute', needs: ['pitch<2'] }];
    const world = await released(specs, ['pitch', 'lute']);
    const { outcomes } = await run(world, { specs, level: 'major', dependents: policy({ follow: 'never' }) });
    expect(outcomes).toEqual({
      pitch: 'published 2.0.0',
      brass: 'unchanged 1.0.0',
      lute: 'failed NXPYPI_RANGE_BLOCKED',
    });
  });

  it('match: a dependent that no longer accepts anything it did follows by its dependency’s level', async () => {
    const specs = [
      PITCH,
      { name: 'brass', needs: ['pitch>=1.4,<2'] },
      { name: 'lute', needs: ['pitch>=1'] },
      { name: 'concert', version: '3.1.0', needs: ['brass<2'] },
    ];
    const world = await released(specs, ['pitch']);
    const { outcomes } = await run(world, { specs, level: 'major', dependents: { level: 'match' } });
    expect(outcomes).toEqual({
      pitch: 'published 2.0.0',
      brass: 'published 2.0.0',
      lute: 'unchanged 1.0.0',
      concert: 'published 3.1.1',
    });
  });
});

describe('F3: lockstep', () => {
  const specs: readonly PackageSpec[] = [
    { name: 'violin', version: '1.2.0' },
    { name: 'viola', version: '1.2.0', needs: ['violin==1.2.0'] },
    { name: 'cello', version: '1.1.0' },
    { name: 'flute', version: '1.0.0' },
  ];
  const group = ['cello', 'viola', 'violin'];
  const dependents = { lockstep: new Map(group.map((name) => [name, group])) };

  it('members share the highest version; who lags is released at it, in one run or in several', async () => {
    const world = createWorld();
    await run(world, { specs });
    world.contents.set('violin', 'new');
    const alone = await run(world, { specs, dependents, select: ['cello'] });
    expect(alone.outcomes).toEqual({ cello: 'published 1.2.1' });
    expect((await run(world, { specs, dependents })).outcomes).toEqual({
      cello: 'unchanged 1.2.1',
      viola: 'published 1.2.1',
      violin: 'published 1.2.1',
      flute: 'unchanged 1.0.0',
    });
    expect(Object.values((await run(world, { specs, dependents })).outcomes)).toEqual([
      'unchanged 1.2.1',
      'unchanged 1.0.0',
      'unchanged 1.2.1',
      'unchanged 1.2.1',
    ]);
  });

  it('B1: a member whose state is unknown stops the group’s releases, and nobody else', async () => {
    const world = createWorld();
    await run(world, { specs });
    world.contents.set('violin', 'new').set('flute', 'new');
    const problem = { code: 'NXPYPI_REGISTRY_UNREACHABLE', message: 'no answer', hint: 'try again' };
    world.states.set('cello', { kind: 'unknown', problem });
    expect((await run(world, { specs, dependents })).outcomes).toMatchObject({
      violin: 'failed NXPYPI_LOCKSTEP_STOPPED',
      flute: 'published 1.0.1',
    });
  });
});

it('E6: versions that are committed are never chosen', async () => {
  const specs = [PITCH, { name: 'brass', needs: ['pitch<2'] }, { name: 'lute' }];
  const world = await released(specs, ['pitch', 'lute']);
  const bumped = [{ ...PITCH, version: '2.0.0' }, ...specs.slice(1)];
  expect((await run(world, { specs: bumped, committed: true })).outcomes).toEqual({
    pitch: 'published 2.0.0',
    brass: 'failed NXPYPI_NOT_BUMPED',
    lute: 'failed NXPYPI_NOT_BUMPED',
  });
});

describe('E4: a version that a person chose', () => {
  it.each([
    ['2.0.0', 'published 2.0.0'],
    ['1.4.2', 'failed NXPYPI_VERSION_TAKEN'],
    ['1.4.2.0', 'failed NXPYPI_VERSION_TAKEN'],
    ['1.3.9', 'failed NXPYPI_VERSION_LOWER'],
  ])('%s: %s', async (version, outcome) => {
    const world = await released([PITCH], ['pitch']);
    expect((await run(world, { specs: [PITCH], steps: { pitch: version } })).outcomes).toEqual({ pitch: outcome });
  });
});
