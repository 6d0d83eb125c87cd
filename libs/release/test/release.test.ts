import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PackageSpec } from './packages.ts';
import { createWorld, requestOf, run, versionOf } from './world.ts';
import { planRun } from '../src/release.ts';

const ORCHESTRA: readonly PackageSpec[] = [
  { name: 'pitch', version: '1.4.2' },
  { name: 'strings', version: '0.3.1', needs: ['pitch>=1.4,<2'] },
  { name: 'brass', version: '2.0.0', needs: ['pitch'] },
  { name: 'concert', version: '1.0.0', needs: ['strings~=0.3.0', 'brass>=2,<3'] },
];

describe('a first release', () => {
  it('publishes everything at its manifest version, each after what it needs', async () => {
    const world = createWorld();
    const { outcomes } = await run(world, { specs: ORCHESTRA });
    expect(outcomes).toEqual({
      pitch: 'published 1.4.2',
      strings: 'published 0.3.1',
      brass: 'published 2.0.0',
      concert: 'published 1.0.0',
    });
    expect(world.uploads[0]).toBe('pitch');
    expect(world.uploads.at(-1)).toBe('concert');
  });

  it('F1: a bare name ships a range from the dependency’s version', async () => {
    const world = createWorld();
    await run(world, { specs: ORCHESTRA });
    expect(world.files.get('brass')?.[0]?.metadata.headers).toContainEqual(['Requires-Dist', 'pitch>=1.4.2,<2']);
  });

  it('E3: starts SCM-derived versions at initialVersion, and asks before it releases X.devN as X', async () => {
    const specs = [
      { name: 'tuba', scm: true },
      { name: 'horn', version: '1.2.0.dev3' },
    ];
    expect((await run(createWorld(), { specs })).outcomes).toEqual({
      tuba: 'published 0.1.0',
      horn: 'failed NXPYPI_DEV_VERSION',
    });
    expect((await run(createWorld(), { specs, releaseDev: true })).outcomes['horn']).toBe('published 1.2.0');
  });
});

describe('a second run', () => {
  it('G9: finds nothing to do', async () => {
    const world = createWorld();
    await run(world, { specs: ORCHESTRA });
    const { outcomes } = await run(world, { specs: ORCHESTRA });
    expect(outcomes).toEqual({
      pitch: 'unchanged 1.4.2',
      strings: 'unchanged 0.3.1',
      brass: 'unchanged 2.0.0',
      concert: 'unchanged 1.0.0',
    });
    expect(world.builds).toEqual([]);
  });

  it('F2, law 11: bumps what changed and nothing that still accepts it', async () => {
    const world = createWorld();
    await run(world, { specs: ORCHESTRA });
    world.contents.set('pitch', 'a new tuning');
    const { outcomes } = await run(world, { specs: ORCHESTRA });
    expect(outcomes).toEqual({
      pitch: 'published 1.4.3',
      strings: 'unchanged 0.3.1',
      brass: 'unchanged 2.0.0',
      concert: 'unchanged 1.0.0',
    });
  });

  it('F2, F3: releases a dependent whose range excludes the new version, as a patch, with the reason', async () => {
    const world = createWorld();
    await run(world, { specs: ORCHESTRA });
    world.contents.set('pitch', 'a new scale');
    const { outcomes, report } = await run(world, { specs: ORCHESTRA, level: 'major' });
    expect(outcomes).toEqual({
      pitch: 'published 2.0.0',
      strings: 'published 0.3.2',
      brass: 'published 2.0.1',
      concert: 'unchanged 1.0.0',
    });
    const strings = report.results.find((result) => result.name === 'strings')?.outcome;
    expect(strings?.kind === 'published' && strings.release.reasons).toEqual([
      { kind: 'dependency-range', dependency: 'pitch', before: '>=1.4,<2', after: expect.stringMatching(/^>=2/) },
    ]);
    expect((await run(world, { specs: ORCHESTRA })).outcomes).toEqual({
      pitch: 'unchanged 2.0.0',
      strings: 'unchanged 0.3.2',
      brass: 'unchanged 2.0.1',
      concert: 'unchanged 1.0.0',
    });
  });

  it('E1: releases a local version above the baseline as it stands', async () => {
    const world = createWorld();
    await run(world, { specs: [{ name: 'pitch', version: '1.4.2' }] });
    expect((await run(world, { specs: [{ name: 'pitch', version: '1.5.0' }] })).outcomes).toEqual({
      pitch: 'published 1.5.0',
    });
    expect((await run(world, { specs: [{ name: 'pitch', version: '1.4.2' }] })).outcomes).toEqual({
      pitch: 'unchanged 1.5.0',
    });
  });

  it('C4: completes a version of ours that lacks its wheel, from the same source', async () => {
    const world = createWorld();
    await run(world, { specs: [{ name: 'pitch', version: '1.4.2' }] });
    world.files.set('pitch', world.files.get('pitch')?.filter((file) => file.kind === 'sdist') ?? []);
    expect((await run(world, { specs: [{ name: 'pitch', version: '1.4.2' }] })).outcomes).toEqual({
      pitch: 'published 1.4.2',
    });
    expect(world.files.get('pitch')?.map((file) => file.kind)).toEqual(['sdist', 'wheel']);
  });

  it('C4, F2: follows a version that lacks its wheel and pins what has moved on, instead of completing it', async () => {
    const specs = [
      { name: 'pitch', version: '1.4.2' },
      { name: 'strings', version: '0.3.1', needs: ['pitch==1.4.2'] },
    ];
    const world = createWorld();
    await run(world, { specs });
    world.files.set('strings', world.files.get('strings')?.filter((file) => file.kind === 'sdist') ?? []);
    world.contents.set('pitch', 'a new tuning');
    expect((await run(world, { specs })).outcomes).toEqual({ pitch: 'published 1.4.3', strings: 'published 0.3.2' });
    expect((await run(world, { specs })).outcomes).toEqual({ pitch: 'unchanged 1.4.3', strings: 'unchanged 0.3.2' });
  });

  it('D4: compares by building where the baseline is of another tool', async () => {
    const world = createWorld();
    await run(world, { specs: ORCHESTRA });
    for (const [name, files] of world.files)
      world.files.set(
        name,
        files.map((file) => ({ ...file, provenance: null })),
      );
    world.contents.set('brass', 'valves');
    const { outcomes } = await run(world, { specs: ORCHESTRA });
    expect(outcomes).toMatchObject({ pitch: 'unchanged 1.4.2', brass: 'published 2.0.1', concert: 'unchanged 1.0.0' });
    expect(world.builds).toContain('brass 2.0.0');
  });
});

describe('what stops a package', () => {
  it('B1: an unknown state stops the package and its dependents, never the others', async () => {
    const world = createWorld();
    world.states.set('pitch', {
      kind: 'unknown',
      problem: { code: 'NXPYPI_REGISTRY_UNREACHABLE', message: 'no answer', hint: 'try again' },
    });
    const { outcomes } = await run(world, { specs: [...ORCHESTRA, { name: 'programme', version: '3.0.0' }] });
    expect(outcomes).toEqual({
      pitch: 'failed NXPYPI_REGISTRY_UNREACHABLE',
      strings: 'skipped needs-stopped pitch',
      brass: 'skipped needs-stopped pitch',
      concert: 'skipped needs-stopped brass',
      programme: 'published 3.0.0',
    });
  });

  it('G2: a package that does not build takes its dependents with it, before anything of them is sent', async () => {
    const world = createWorld();
    world.broken.add('strings');
    const { outcomes } = await run(world, { specs: ORCHESTRA });
    expect(outcomes).toEqual({
      pitch: 'published 1.4.2',
      strings: 'failed NXPYPI_BUILD_FAILED',
      brass: 'published 2.0.0',
      concert: 'skipped needs-stopped strings',
    });
    expect(world.uploads).not.toContain('concert');
  });

  it('law 4: a rejected upload keeps its dependents from becoming installable', async () => {
    const world = createWorld();
    world.rejected.add('pitch');
    const { outcomes } = await run(world, { specs: ORCHESTRA });
    expect(outcomes).toMatchObject({ pitch: 'failed NXPYPI_REJECTED', concert: 'skipped needs-stopped brass' });
    expect([...world.files.keys()]).toEqual([]);
  });

  it('A1: a publishable package that needs an unpublishable one is an error that names the edge', async () => {
    const { outcomes, report } = await run(createWorld(), {
      specs: [
        { name: 'stage', publish: false },
        { name: 'show', needs: ['stage'] },
      ],
    });
    expect(outcomes).toEqual({ show: 'failed NXPYPI_NEEDS_UNPUBLISHABLE' });
    const show = report.results[0]?.outcome;
    expect(show?.kind === 'failed' && show.problems[0]?.message).toContain("show needs stage ('stage', runtime)");
  });

  it('A1: Private classifiers and publish.exclude opt out', async () => {
    const specs = [
      { name: 'secret', classifiers: ['Private :: Do Not Upload'] },
      { name: 'sample-kit' },
      { name: 'pitch' },
    ];
    expect((await run(createWorld(), { specs, exclude: ['sample-*'] })).outcomes).toEqual({ pitch: 'published 1.0.0' });
  });

  it('A2: of two manifests with one name neither is published, all others are', async () => {
    const { outcomes } = await run(createWorld(), {
      specs: [{ name: 'pitch', path: 'a' }, { name: 'Pitch', path: 'b' }, { name: 'brass' }],
    });
    expect(outcomes).toEqual({ brass: 'published 1.0.0' });
  });

  it('G6: does not ship against a change that the run does not release', async () => {
    const world = createWorld();
    await run(world, { specs: ORCHESTRA });
    world.contents.set('pitch', 'new').set('strings', 'new');
    expect((await run(world, { specs: ORCHESTRA, select: ['strings'] })).outcomes).toEqual({
      strings: 'skipped needs-pending pitch',
    });
  });

  it('C1: a bump that would leave the line is refused', async () => {
    const world = createWorld();
    await run(world, { specs: [{ name: 'pitch', version: '1.4.2' }] });
    world.contents.set('pitch', 'new');
    expect(
      (await run(world, { specs: [{ name: 'pitch', version: '1.4.2' }], line: '>=1,<2', level: 'major' })).outcomes,
    ).toEqual({ pitch: 'failed NXPYPI_OUTSIDE_LINE' });
  });
});

describe('law 9, G10: a dry run', () => {
  it('says the same plan and has no effect', async () => {
    const world = createWorld();
    const { outcomes } = await run(world, { specs: ORCHESTRA, dryRun: true });
    expect(outcomes).toEqual({
      pitch: 'planned 1.4.2',
      strings: 'planned 0.3.1',
      brass: 'planned 2.0.0',
      concert: 'planned 1.0.0',
    });
    expect(world.files.size).toBe(0);
  });
});

describe('G8: nx-release-publish', () => {
  it('publishes the manifest version, skips it when it is there, and chooses none', async () => {
    const world = createWorld();
    await run(world, { specs: [{ name: 'pitch', version: '1.4.2' }], versions: 'manifest' });
    world.contents.set('pitch', 'new');
    expect((await run(world, { specs: [{ name: 'pitch', version: '1.4.2' }], versions: 'manifest' })).outcomes).toEqual(
      { pitch: 'unchanged 1.4.2' },
    );
    expect((await run(world, { specs: [{ name: 'pitch', version: '1.4.3' }], versions: 'manifest' })).outcomes).toEqual(
      { pitch: 'published 1.4.3' },
    );
    expect((await run(world, { specs: [{ name: 'pitch', version: '1.3.0' }], versions: 'manifest' })).outcomes).toEqual(
      { pitch: 'failed NXPYPI_VERSION_BELOW_REGISTRY' },
    );
  });
});

describe('G1 in a cycle', () => {
  it('releases core[all] and its plug-ins, runtime order kept', async () => {
    const specs = [
      { name: 'core', version: '1.0.0', extras: { all: ['flute'] } },
      { name: 'flute', version: '1.0.0', needs: ['core>=1,<2'] },
    ];
    const world = createWorld();
    expect((await run(world, { specs })).outcomes).toEqual({ core: 'published 1.0.0', flute: 'published 1.0.0' });
    expect(world.uploads).toEqual(['core', 'flute']);
    expect((await run(world, { specs })).outcomes).toEqual({ core: 'unchanged 1.0.0', flute: 'unchanged 1.0.0' });
  });
});

describe('E4', () => {
  it('never plans a version that exists, yanked or not', async () => {
    const world = createWorld();
    await run(world, { specs: [{ name: 'pitch', version: '1.4.2' }] });
    const stored = await world.ports.registry.readFresh('pitch');
    if (stored.kind !== 'published') throw new Error('pitch was not published');
    const yanked = { version: versionOf('1.4.3'), text: '1.4.3', files: [], yanked: true };
    world.states.set('pitch', { ...stored, versions: [...stored.versions, yanked] });
    world.contents.set('pitch', 'new');
    expect((await run(world, { specs: [{ name: 'pitch', version: '1.4.2' }] })).outcomes).toEqual({
      pitch: 'published 1.4.4',
    });
  });
});

describe('the plan', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const specifier = fc
    .constantFrom('', '>=1,<2', '~=1.0', '==1.0.0', '>=1', '^', '>=1.0,<1.1')
    .map((text) => (text === '^' ? '>=1.0.0,<2.0.0' : text));
  const edge = fc.record({
    from: fc.constantFrom(...names),
    to: fc.constantFrom(...names),
    specifier,
    extra: fc.boolean(),
  });
  const scenario = fc.record({
    edges: fc.array(edge, { maxLength: 10 }),
    changed: fc.subarray(names),
    level: fc.constantFrom('patch' as const, 'minor' as const, 'major' as const),
  });

  it('F1, F5, G9: leaves no internal range unsatisfied and is empty once carried out, for any graph', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ edges, changed, level }) => {
        const specs = names.map((name): PackageSpec => {
          const own = edges.filter((each) => each.from === name && each.to !== name);
          return {
            name,
            version: '1.0.0',
            needs: own.filter((each) => !each.extra).map((each) => `${each.to}${each.specifier}`),
            extras: { more: own.filter((each) => each.extra).map((each) => `${each.to}${each.specifier}`) },
          };
        });
        const world = createWorld();
        await run(world, { specs });
        for (const name of changed) world.contents.set(name, 'changed');
        const { report } = await run(world, { specs, level });
        expect(
          report.results.filter((result) => result.outcome.kind === 'failed' || result.outcome.kind === 'skipped'),
        ).toEqual([]);
        for (const name of changed) expect(world.uploads).toContain(name);
        const again = await run(world, { specs, level });
        expect(Object.values(again.outcomes).filter((outcome) => !outcome.startsWith('unchanged'))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same whatever the input order, and sorted', async () => {
    const world = createWorld();
    const [forward, backward] = await Promise.all(
      [ORCHESTRA, ORCHESTRA.toReversed()].map(async (specs) => (await planRun(requestOf({ specs }), world.ports)).plan),
    );
    expect(backward).toEqual(forward);
    expect(forward?.releases.map((planned) => planned.name)).toEqual(['brass', 'concert', 'pitch', 'strings']);
  });
});
