import { describe, expect, it } from 'vitest';
import { planRun } from '../../src/release.ts';
import { explain, type WhyPorts } from '../../src/why/explain.ts';
import type { Explanation, ShownArtifact, ShownFile } from '../../src/why/explanation.ts';
import { createWorld, requestOf, run, type World } from '../world.ts';

const specs = [{ name: 'gut' }, { name: 'strings', needs: ['gut>=1,<2'] }];

function file(text: string): ShownFile {
  return { text, sha256: `hash of ${text}`, size: text.length, executable: null };
}

/** Artifacts of this world hold one module: what the world calls their content. */
async function explained(world: World, name: string, more: Partial<WhyPorts> = {}): Promise<Explanation | null> {
  const planned = await planRun(requestOf({ specs }), world.ports);
  const released = world.files.get(name)?.map(({ url }) => url) ?? [];
  return explain(planned, name, {
    ...world.ports,
    committed: () => Promise.resolve(null),
    show: (_kind, place, places) => {
      const text = released.includes(place) ? 'old\n' : 'new\n';
      const shown: ShownArtifact = {
        maker: 'luthier 1.0',
        description: '',
        files: new Map([...places].map((path) => [path, file(text)])),
      };
      return Promise.resolve({ kind: 'found', value: shown });
    },
    ...more,
  });
}

describe('what is looked at for an explanation', () => {
  it('of a changed package: the released artifact and a build of today, where they differ', async () => {
    const world = createWorld();
    await run(world, { specs });
    world.contents.set('gut', 'other');
    const found = await explained(world, 'gut');
    expect(found).toMatchObject({
      verdict: 'changed',
      decision: { kind: 'release', previous: '1.0.0', version: '1.0.1' },
      baseline: { version: '1.0.0', maker: 'luthier 1.0' },
      files: [{ path: 'module.py', change: 'modified' }],
      problem: null,
    });
    expect(found?.files[0]?.diff).toContain('-old\n+new\n');
  });

  it('of an unchanged one: nothing is built', async () => {
    const world = createWorld();
    await run(world, { specs });
    world.builds.length = 0;
    expect(await explained(world, 'gut')).toMatchObject({ verdict: 'unchanged', by: 'digest', files: [] });
    expect(world.builds).toEqual([]);
  });

  it('of a new one: nothing at all', async () => {
    const refuse = (): never => {
      throw new Error('nothing is there to be shown');
    };
    expect(await explained(createWorld(), 'strings', { show: refuse })).toMatchObject({
      verdict: 'new',
      baseline: null,
    });
  });

  it('law 1: what keeps it from being found out is told, and the verdict stays', async () => {
    const world = createWorld();
    await run(world, { specs });
    world.contents.set('gut', 'other');
    const problem = { code: 'NXPYPI_ARCHIVE_REFUSED', message: 'it has a link', hint: 'ask who made it' };
    const show: WhyPorts['show'] = () => Promise.resolve({ kind: 'problem', problem });
    expect(await explained(world, 'gut', { show })).toMatchObject({
      verdict: 'changed',
      baseline: { version: '1.0.0' },
      problem,
      files: [],
    });
    world.states.set('gut', { kind: 'unknown', problem });
    expect(await explained(world, 'gut')).toMatchObject({ verdict: 'unknown', problem, baseline: null });
  });

  it('a name that takes no part has none', async () => {
    expect(await explained(createWorld(), 'viola')).toBeNull();
  });
});
