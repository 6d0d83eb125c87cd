import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PackageSpec } from '../packages.ts';
import { createWorld, requestOf, run, type World } from '../world.ts';
import { runRefusal, releaseRefusal, type Surroundings } from '../../src/policy/permission.ts';
import { planRun } from '../../src/release.ts';

const ORCHESTRA: readonly PackageSpec[] = [
  { name: 'pitch', version: '1.0.0' },
  { name: 'strings', version: '1.0.0', needs: ['pitch>=1,<2'] },
  { name: 'brass', version: '1.0.0' },
  { name: 'concert', version: '1.0.0', needs: ['strings>=1,<2', 'brass'] },
];

/** Released once as final, from the first commit. */
async function released(specs = ORCHESTRA): Promise<World> {
  const world = createWorld();
  world.git.commits.push('first', 'second', 'third');
  world.git.head = 'first';
  await run(world, { specs });
  return world;
}

function requires(world: World, name: string, version: string): readonly string[] {
  const file = (world.files.get(name) ?? []).find((each) => each.version === version);
  return (file?.metadata.headers ?? []).filter(([key]) => key === 'Requires-Dist').map(([, value]) => value);
}

describe('C3: the channel dev', () => {
  it('releases what differs from the final version, as a pre-release of the next one, with the number given', async () => {
    const world = await released();
    world.contents.set('pitch', 'tuned');
    const { outcomes } = await run(world, { specs: ORCHESTRA, channel: 'dev 42' });
    expect(outcomes).toEqual({
      pitch: 'published 1.0.1.dev42',
      strings: 'published 1.0.1.dev42',
      brass: 'unchanged 1.0.0',
      concert: 'published 1.0.1.dev42',
    });
    expect(world.uploads).toEqual(['pitch', 'strings', 'concert']);
  });

  it('pins the dependents of the same run to it, and nothing else', async () => {
    const world = await released();
    world.contents.set('pitch', 'tuned');
    await run(world, { specs: ORCHESTRA, channel: 'dev 42' });
    expect(requires(world, 'strings', '1.0.1.dev42')).toEqual(['pitch==1.0.1.dev42']);
    expect(requires(world, 'concert', '1.0.1.dev42')).toEqual(['strings==1.0.1.dev42', 'brass>=1.0.0,<2']);
  });

  it('pins across a ceiling that the next version crosses, and an edge that people keep by hand', async () => {
    const world = await released();
    world.contents.set('pitch', 'tuned');
    world.contents.set('strings', 'restrung');
    const dependents = { edge: () => ({ follow: 'never', rewrite: 'style' }) as const };
    const spec = { specs: ORCHESTRA, channel: 'dev 7', level: 'major', dependents } as const;
    const { outcomes } = await run(world, spec);
    expect(outcomes).toMatchObject({ pitch: 'published 2.0.0.dev7', strings: 'published 2.0.0.dev7' });
    expect(outcomes['concert']).toBe('unchanged 1.0.0');
    expect(requires(world, 'strings', '2.0.0.dev7')).toEqual(['pitch==2.0.0.dev7']);
  });

  it('says in the provenance which channel it was', async () => {
    const world = await released();
    world.contents.set('brass', 'polished');
    await run(world, { specs: ORCHESTRA, channel: 'dev 42' });
    expect(world.files.get('brass')?.map(({ version, provenance }) => [version, provenance?.channel])).toEqual([
      ['1.0.0', undefined],
      ['1.0.0', undefined],
      ['1.0.1.dev42', 'dev'],
      ['1.0.1.dev42', undefined],
    ]);
  });

  it.each([
    ['the manifest’s own version, where it is ahead', '1.2.0', '1.2.0.dev5'],
    ['the version that X.devN means', '1.2.0.dev0', '1.2.0.dev5'],
    ['a candidate of the manifest', '1.2.0rc1', '1.2.0rc1.dev5'],
  ])('counts for %s', async (_, version, expected) => {
    const world = await released();
    const specs = [{ name: 'brass', version }];
    expect((await run(world, { specs, channel: 'dev 5' })).outcomes).toEqual({ brass: `published ${expected}` });
  });

  it('G9: the same pipeline again finds nothing to do', async () => {
    const world = await released();
    world.contents.set('pitch', 'tuned');
    await run(world, { specs: ORCHESTRA, channel: 'dev 42' });
    const { outcomes } = await run(world, { specs: ORCHESTRA, channel: 'dev 42' });
    expect(outcomes).toEqual({
      pitch: 'unchanged 1.0.1.dev42',
      strings: 'unchanged 1.0.1.dev42',
      brass: 'unchanged 1.0.0',
      concert: 'unchanged 1.0.1.dev42',
    });
    expect(world.uploads).toEqual([]);
  });

  it('C2: the next pipeline of a merge request releases what changed since, and what is pinned to that', async () => {
    const world = await released();
    world.contents.set('pitch', 'tuned');
    await run(world, { specs: ORCHESTRA, channel: 'dev 42' });
    world.git.head = 'second';
    world.contents.set('brass', 'polished');
    const { outcomes } = await run(world, { specs: ORCHESTRA, channel: 'dev 43' });
    expect(outcomes).toEqual({
      pitch: 'unchanged 1.0.1.dev42',
      strings: 'unchanged 1.0.1.dev42',
      brass: 'published 1.0.1.dev43',
      concert: 'published 1.0.1.dev43',
    });
    expect(requires(world, 'concert', '1.0.1.dev43')).toEqual(['strings==1.0.1.dev42', 'brass==1.0.1.dev43']);
  });

  it('C2: what a merge request took back is the final version again', async () => {
    const world = await released();
    world.contents.set('pitch', 'tuned');
    await run(world, { specs: ORCHESTRA, channel: 'dev 42' });
    world.contents.delete('pitch');
    const { outcomes } = await run(world, { specs: ORCHESTRA, channel: 'dev 43' });
    expect([...new Set(Object.values(outcomes))]).toEqual(['unchanged 1.0.0']);
  });

  it('C4: finishes what a killed pipeline left, under the same number', async () => {
    const world = await released();
    world.contents.set('pitch', 'tuned');
    await run(world, { specs: ORCHESTRA, channel: 'rc' });
    const files = world.files.get('pitch') ?? [];
    world.files.set('pitch', files.slice(0, -1));
    const { outcomes } = await run(world, { specs: ORCHESTRA, channel: 'rc' });
    expect(outcomes['pitch']).toBe('published 1.0.1rc1');
    expect(world.files.get('pitch')?.map(({ filename }) => filename)).toEqual(files.map(({ filename }) => filename));
  });

  it('C6: a branch that is behind is compared with the last release that it contains, and counts above the newest', async () => {
    const world = await released();
    world.git.head = 'second';
    world.contents.set('pitch', 'of the default branch');
    world.contents.set('brass', 'of the default branch');
    await run(world, { specs: ORCHESTRA });
    const branch = world.rival();
    branch.git.head = 'first';
    branch.contents.set('pitch', 'of the merge request');
    const { outcomes } = await run(branch, { specs: ORCHESTRA, channel: 'dev 9' });
    expect(outcomes).toMatchObject({ pitch: 'published 1.0.2.dev9', brass: 'unchanged 1.0.0' });
  });

  it('follows its lockstep group', async () => {
    const world = await released();
    world.contents.set('pitch', 'tuned');
    const lockstep = new Map(['pitch', 'brass'].map((name) => [name, ['pitch', 'brass']]));
    const spec = { specs: ORCHESTRA, channel: 'dev 3', dependents: { lockstep } };
    const first = await run(world, spec);
    expect(first.outcomes).toMatchObject({ pitch: 'published 1.0.1.dev3', brass: 'published 1.0.1.dev3' });
    const again = await run(world, spec);
    expect(again.outcomes).toMatchObject({ pitch: 'unchanged 1.0.1.dev3', brass: 'unchanged 1.0.1.dev3' });
  });

  it('E6: says of a changed package that was not bumped what the default branch would say', async () => {
    const world = await released();
    world.contents.set('brass', 'polished');
    const { outcomes } = await run(world, { specs: ORCHESTRA, channel: 'dev 1', committed: true });
    expect(outcomes['brass']).toBe('failed NXPYPI_NOT_BUMPED');
  });
});

describe('C3: the channels a, b and rc', () => {
  it('count from one, for each version anew', async () => {
    const world = await released();
    const specs = [{ name: 'brass', version: '1.0.0' }];
    for (const [content, level, version] of [
      ['one', 'minor', '1.1.0rc1'],
      ['two', 'minor', '1.1.0rc2'],
      ['three', 'major', '2.0.0rc1'],
    ] as const) {
      world.contents.set('brass', content);
      const { outcomes } = await run(world, { specs, level, channel: 'rc' });
      expect(outcomes).toEqual({ brass: `published ${version}` });
    }
    expect((await run(world, { specs, level: 'major', channel: 'b' })).outcomes).toEqual({
      brass: 'published 2.0.0b1',
    });
  });

  it('release the same sources again for another version', async () => {
    const world = await released();
    const specs = [{ name: 'brass', version: '1.0.0' }];
    world.contents.set('brass', 'one');
    await run(world, { specs, channel: 'a' });
    expect((await run(world, { specs, channel: 'a' })).outcomes).toEqual({ brass: 'unchanged 1.0.1a1' });
    const { outcomes } = await run(world, { specs, level: 'minor', channel: 'a' });
    expect(outcomes).toEqual({ brass: 'published 1.1.0a1' });
  });

  it('have no pre-release of a post release', async () => {
    const world = await released();
    world.contents.set('brass', 'one');
    const { outcomes } = await run(world, { specs: ORCHESTRA, level: 'post', channel: 'rc' });
    expect(outcomes['brass']).toBe('failed NXPYPI_BUMP_REFUSED');
    const dev = await run(world, { specs: ORCHESTRA, level: 'post', channel: 'dev 4' });
    expect(dev.outcomes['brass']).toBe('published 1.0.0.post1.dev4');
  });
});

describe('C2: final releases', () => {
  it.each(['dev 42', 'a', 'b', 'rc'])('do not see what the channel %s released', async (channel) => {
    const world = await released();
    world.contents.set('pitch', 'tuned');
    await run(world, { specs: ORCHESTRA, channel });
    const { outcomes } = await run(world, { specs: ORCHESTRA });
    expect(outcomes).toEqual({
      pitch: 'published 1.0.1',
      strings: 'unchanged 1.0.0',
      brass: 'unchanged 1.0.0',
      concert: 'unchanged 1.0.0',
    });
  });

  it('take a package for new that only a channel holds', async () => {
    const world = createWorld();
    const specs = [{ name: 'harp', version: '1.0.0' }];
    expect((await run(world, { specs, channel: 'rc' })).outcomes).toEqual({ harp: 'published 1.0.0rc1' });
    expect((await run(world, { specs })).outcomes).toEqual({ harp: 'published 1.0.0' });
  });

  it('of the content of a candidate are made when they are asked for', async () => {
    const world = createWorld();
    const specs = [{ name: 'harp', version: '1.0.0rc1' }];
    await run(world, { specs });
    expect((await run(world, { specs })).outcomes).toEqual({ harp: 'unchanged 1.0.0rc1' });
    const { outcomes, report } = await run(world, { specs, level: 'stable' });
    expect(outcomes).toEqual({ harp: 'published 1.0.0' });
    expect(report.results[0]?.outcome).toMatchObject({ release: { reasons: [{ kind: 'asked', step: 'stable' }] } });
  });
});

const changed = fc.subarray(ORCHESTRA.map(({ name }) => name));

it('C3, G9: pipelines of one channel converge, with every pin at a version that exists', async () => {
  const pipelines = fc.array(changed, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(pipelines, fc.constantFrom('dev', 'rc'), fc.boolean(), async (changes, id, circle) => {
      const specs = circle
        ? [...ORCHESTRA, { name: 'flute', needs: ['oboe'] }, { name: 'oboe', needs: ['flute', 'pitch'] }]
        : ORCHESTRA;
      const world = await released(specs);
      for (const [index, names] of changes.entries()) {
        for (const name of names) world.contents.set(name, `${name} ${String(index)}`);
        const channel = id === 'dev' ? `dev ${String(index + 1)}` : id;
        await run(world, { specs, channel });
        const { outcomes } = await run(world, { specs, channel });
        for (const [name, outcome] of Object.entries(outcomes)) {
          expect(outcome).toMatch(/^unchanged /);
          const version = outcome.replace('unchanged ', '');
          for (const pin of requires(world, name, version).filter((each) => each.includes('=='))) {
            const [dependency = '', pinned = ''] = pin.split('==');
            expect(outcomes[dependency]).toBe(`unchanged ${pinned}`);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});

describe('A3, A4: what a channel may', () => {
  const around: Surroundings = {
    ...requestOf({ specs: ORCHESTRA }).surroundings,
    loopback: false,
    ci: true,
    branch: 'feature/solo',
    channel: { id: 'dev', apart: false },
  };

  it('is released from any branch, but from CI', () => {
    expect(runRefusal(around)).toBeNull();
    expect(runRefusal({ ...around, ci: false })?.code).toBe('NXPYPI_NOT_IN_CI');
    const { channel: _, ...final } = around;
    expect(runRefusal(final)?.code).toBe('NXPYPI_NOT_A_RELEASE_BRANCH');
  });

  it('asks for new names where others would take them, not in a registry of its own', async () => {
    const { plan } = await planRun(requestOf({ specs: ORCHESTRA, channel: 'dev 1' }), createWorld().ports);
    const [release] = plan.releases;
    if (release === undefined) throw new Error('nothing was planned');
    expect(releaseRefusal(release, around)?.code).toBe('NXPYPI_NEW_PACKAGE');
    expect(releaseRefusal(release, { ...around, channel: { id: 'dev', apart: true } })).toBeNull();
  });
});
