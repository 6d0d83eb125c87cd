import { describe, expect, it } from 'vitest';
import { succeeded } from '../../src/model/outcome.ts';
import type { Released } from '../../src/publish/afterwards.ts';
import { reportLines } from '../../src/report/text.ts';
import type { PackageSpec } from '../packages.ts';
import { createWorld, run, type World } from '../world.ts';

const TRIO: readonly PackageSpec[] = [
  { name: 'pitch', version: '1.0.0' },
  { name: 'strings', version: '1.0.0', needs: ['pitch>=1,<2'] },
  { name: 'brass', version: '1.0.0' },
];
const DUET: readonly PackageSpec[] = [
  { name: 'flute', version: '1.0.0', needs: ['oboe>=1'] },
  { name: 'oboe', version: '1.0.0', needs: ['flute>=1'] },
];

/** Notes what is there whenever an installer is asked; fails for the names given. */
function installer(world: World, failing: readonly string[] = []): string[] {
  const asked: string[] = [];
  world.ports.tryInstall = ({ name, version }: Released) => {
    asked.push(`${name} ${version} of ${[...world.files.keys()].toSorted().join(' ')}`);
    const problem = { code: 'NXPYPI_NOT_INSTALLABLE', message: `${name} can't be resolved`, hint: 'look' };
    return Promise.resolve(failing.includes(name) ? problem : null);
  };
  return asked;
}

describe('G7: with an installer', () => {
  it('every release is resolved before what needs it is sent', async () => {
    const world = createWorld();
    const asked = installer(world);
    const { outcomes } = await run(world, { specs: TRIO });
    expect(outcomes['strings']).toBe('published 1.0.0');
    expect(asked.find((each) => each.startsWith('pitch'))).not.toContain('strings');
    expect(asked).toHaveLength(3);
  });

  it('what cannot be resolved has failed, with what needs it; others go on', async () => {
    const world = createWorld();
    installer(world, ['pitch']);
    const { outcomes, report } = await run(world, { specs: TRIO });
    expect(outcomes).toEqual({
      pitch: 'failed NXPYPI_NOT_INSTALLABLE',
      strings: 'skipped needs-stopped pitch',
      brass: 'published 1.0.0',
    });
    expect(succeeded(report)).toBe(false);
  });

  it('G1: members of a circle are resolved when all of them are there', async () => {
    const world = createWorld();
    const asked = installer(world);
    await run(world, { specs: DUET });
    expect(asked.toSorted()).toEqual(['flute 1.0.0 of flute oboe', 'oboe 1.0.0 of flute oboe']);
  });

  it('G10: nothing is resolved in a dry run, and nothing of what was released before', async () => {
    const world = createWorld();
    await run(world, { specs: TRIO });
    const asked = installer(world);
    world.contents.set('brass', 'polished');
    await run(world, { specs: TRIO, dryRun: true });
    expect(asked).toEqual([]);
    await run(world, { specs: TRIO });
    expect(asked).toEqual(['brass 1.0.1 of brass pitch strings']);
  });
});

describe('tags and release pages', () => {
  it('are made of what is released, and asked for again of what was', async () => {
    const world = createWorld();
    const told: string[] = [];
    world.ports.announce = ({ name, version, release }: Released) => {
      told.push(`${name} ${version} ${release === null ? 'before' : 'now'}`);
      return Promise.resolve([]);
    };
    await run(world, { specs: TRIO, select: ['pitch', 'brass'] });
    expect(told.toSorted()).toEqual(['brass 1.0.0 now', 'pitch 1.0.0 now']);
    told.length = 0;
    await run(world, { specs: TRIO, select: ['brass'] });
    expect(told).toEqual(['brass 1.0.0 before']);
    told.length = 0;
    world.contents.set('brass', 'polished');
    await run(world, { specs: TRIO, dryRun: true });
    expect(told).toEqual([]);
  });

  it('that fail leave the release as it is, let what needs it go on, and are told', async () => {
    const world = createWorld();
    const problem = { code: 'NXPYPI_TAG_TAKEN', message: 'the tag pitch@1.0.0 stands elsewhere', hint: 'look' };
    world.ports.announce = ({ name }: Released) => Promise.resolve(name === 'pitch' ? [problem] : []);
    const { outcomes, report, events } = await run(world, { specs: TRIO });
    expect(outcomes).toMatchObject({ pitch: 'published 1.0.0', strings: 'published 1.0.0' });
    expect(succeeded(report)).toBe(false);
    const lines = reportLines(report).join('\n');
    expect(lines).toContain('NXPYPI_TAG_TAKEN: the tag pitch@1.0.0 stands elsewhere\n  what to do: look');
    const settled = events.flatMap((event) => (event.kind === 'settled' ? [event.name] : []));
    expect(settled.toSorted()).toEqual(['brass', 'pitch', 'strings']);
    const again = await run(world, { specs: TRIO });
    expect(again.outcomes['pitch']).toBe('unchanged 1.0.0');
    expect(succeeded(again.report)).toBe(false);
    delete world.ports.announce;
    expect(succeeded((await run(world, { specs: TRIO })).report)).toBe(true);
  });
});
