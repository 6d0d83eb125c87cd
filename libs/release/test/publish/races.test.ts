import { describe, expect, it } from 'vitest';
import type { PackageSpec } from '../packages.ts';
import { createWorld, run, type World } from '../world.ts';

const DUO: readonly PackageSpec[] = [
  { name: 'pitch', version: '1.4.2' },
  { name: 'strings', version: '0.3.1', needs: ['pitch>=1.4,<2'] },
];
const PITCH = [{ name: 'pitch', version: '1.4.2' }];

/** Released at the first of these commits; `at` checks out a commit with its own content of pitch. */
async function released(commits: readonly string[], specs = PITCH as readonly PackageSpec[]) {
  const world = createWorld();
  world.git.commits.push(...commits);
  world.git.head = commits[0] ?? '';
  await run(world, { specs });
  const at = (revision: string, checkout: World = world.rival()): World => {
    checkout.git.head = revision;
    return Object.assign(checkout, { contents: checkout.contents.set('pitch', `pitch of ${revision}`) });
  };
  return { world, at } as const;
}

function contentOf(world: World, name: string): string | undefined {
  return world.files.get(name)?.at(-1)?.content;
}

describe('G5: the version was taken meanwhile', () => {
  it('by the same content: already there, and nothing is sent twice', async () => {
    const { world, at } = await released(['a', 'b']);
    const [ours, theirs] = [at('b'), at('b')];
    ours.meanwhile.set('pitch', () => run(theirs, { specs: PITCH }));
    expect((await run(ours, { specs: PITCH })).outcomes).toEqual({ pitch: 'published 1.4.3' });
    expect(world.files.get('pitch')?.map((file) => file.filename)).toEqual([
      'pitch-1.4.2.tar.gz',
      'pitch-1.4.2-py3-none-any.whl',
      'pitch-1.4.3.tar.gz',
      'pitch-1.4.3-py3-none-any.whl',
    ]);
  });

  it('by an older commit: the loser releases the next version, so that the highest holds the newest code', async () => {
    const { world, at } = await released(['a', 'b', 'c']);
    const [newer, older] = [at('c'), at('b')];
    newer.meanwhile.set('pitch', () => run(older, { specs: PITCH }));
    const { outcomes, events } = await run(newer, { specs: PITCH });
    expect(outcomes).toEqual({ pitch: 'published 1.4.4' });
    expect(events).toContainEqual({ kind: 'contested', name: 'pitch', version: '1.4.3', by: '1.4.3' });
    expect(contentOf(world, 'pitch')).toBe('pitch of c');
  });

  it('C6: by a newer commit: superseded, and nothing is sent', async () => {
    const { world, at } = await released(['a', 'b', 'c']);
    const [older, newer] = [at('b'), at('c')];
    older.meanwhile.set('pitch', () => run(newer, { specs: PITCH }));
    expect((await run(older, { specs: PITCH })).outcomes).toEqual({ pitch: 'superseded 1.4.3' });
    expect(older.uploads).toEqual([]);
    expect(contentOf(world, 'pitch')).toBe('pitch of c');
  });

  it('C6: a higher number does not carry older code past a newer commit', async () => {
    const { world, at } = await released(['a', 'b', 'c']);
    const [older, newer] = [at('b'), at('c')];
    older.meanwhile.set('pitch', () => run(newer, { specs: PITCH }));
    expect((await run(older, { specs: PITCH, level: 'minor' })).outcomes).toEqual({ pitch: 'superseded 1.4.3' });
    expect(contentOf(world, 'pitch')).toBe('pitch of c');
  });

  it('C6: a lower number of an older commit is followed, not hidden', async () => {
    const { world, at } = await released(['a', 'b', 'c']);
    const [newer, older] = [at('c'), at('b')];
    newer.meanwhile.set('pitch', () => run(older, { specs: PITCH, level: 'minor' }));
    expect((await run(newer, { specs: PITCH })).outcomes).toEqual({ pitch: 'published 1.5.1' });
    expect(contentOf(world, 'pitch')).toBe('pitch of c');
  });

  it('by a branch that diverged: the package stops', async () => {
    const { at } = await released(['a', 'b']);
    const [ours, fork] = [at('b'), at('b')];
    fork.git.head = 'b';
    ours.meanwhile.set('pitch', async () => {
      fork.contents.set('pitch', 'forked');
      await run(fork, { specs: PITCH, revision: 'fork' });
    });
    expect((await run(ours, { specs: PITCH })).outcomes).toEqual({ pitch: 'failed NXPYPI_DIVERGED' });
  });

  it('again and again: every loss is followed by another attempt, with an end', async () => {
    const { world, at } = await released(['a', 'b', 'c']);
    const ours = at('c');
    const older = at('b');
    let losses = 0;
    const overtake = async (): Promise<void> => {
      losses += 1;
      older.contents.set('pitch', `attempt ${losses}`);
      await run(older, { specs: PITCH });
      if (losses < 5) ours.meanwhile.set('pitch', overtake);
    };
    ours.meanwhile.set('pitch', overtake);
    expect((await run(ours, { specs: PITCH })).outcomes).toEqual({ pitch: 'published 1.4.8' });
    expect(contentOf(world, 'pitch')).toBe('pitch of c');
    losses = -1000;
    older.git.head = 'c';
    ours.contents.set('pitch', 'never released');
    ours.meanwhile.set('pitch', overtake);
    expect((await run(ours, { specs: PITCH })).outcomes).toEqual({ pitch: 'failed NXPYPI_CONFLICT' });
    expect(losses).toBe(-984);
  });
});

describe('G5: what waits for a contested package', () => {
  it('is planned anew with it, and ships against what is there in the end', async () => {
    const specs = [
      { name: 'pitch', version: '1.4.2' },
      { name: 'strings', version: '0.3.1', needs: ['pitch==1.4.2'] },
    ];
    const { world, at } = await released(['a', 'b', 'c'], specs);
    const [newer, older] = [at('c'), at('b')];
    newer.meanwhile.set('pitch', () => run(older, { specs, select: ['pitch'] }));
    expect((await run(newer, { specs })).outcomes).toEqual({ pitch: 'published 1.4.4', strings: 'published 0.3.2' });
    expect(world.files.get('strings')?.at(-1)?.metadata.headers).toContainEqual(['Requires-Dist', 'pitch==1.4.4']);
    expect(newer.uploads).toEqual(['pitch', 'strings']);
  });

  it('and what does not wait for it goes on in the first round', async () => {
    const specs = [...PITCH, { name: 'brass', version: '2.0.0' }];
    const { at } = await released(['a', 'b', 'c'], specs);
    const [newer, older] = [at('c'), at('b')];
    newer.contents.set('brass', 'valves');
    newer.meanwhile.set('pitch', () => run(older, { specs: PITCH }));
    const { outcomes, events } = await run(newer, { specs });
    expect(outcomes).toEqual({ pitch: 'published 1.4.4', brass: 'published 2.0.1' });
    expect(new Set(newer.builds.filter((build) => build.startsWith('brass')))).toEqual(
      new Set(['brass 2.0.0', 'brass 2.0.1']),
    );
    const settled = events.flatMap((event) => (event.kind === 'settled' ? [event.name] : []));
    expect(settled.toSorted()).toEqual(['brass', 'pitch']);
  });

  it('another run released the dependent too: nothing is left to do for it', async () => {
    const { at } = await released(['a', 'b'], DUO);
    const [ours, theirs] = [at('b'), at('b')];
    for (const checkout of [ours, theirs]) checkout.contents.set('strings', 'gut');
    ours.meanwhile.set('pitch', async () => {
      theirs.contents.set('pitch', 'rewritten');
      await run(theirs, { specs: DUO });
    });
    ours.git.commits.push('c');
    ours.git.head = 'c';
    expect((await run(ours, { specs: DUO })).outcomes).toEqual({ pitch: 'published 1.4.4', strings: 'taken 0.3.2' });
  });
});

describe('G5: a version that a person chose', () => {
  const chosen = [{ name: 'pitch', version: '1.5.0' }];

  it('is an error that names the winner', async () => {
    const { at } = await released(['a', 'b', 'c']);
    const [newer, older] = [at('c'), at('b')];
    newer.meanwhile.set('pitch', () => run(older, { specs: chosen }));
    const { report, outcomes } = await run(newer, { specs: chosen });
    expect(outcomes).toEqual({ pitch: 'failed NXPYPI_VERSION_TAKEN' });
    const outcome = report.results[0]?.outcome;
    expect(outcome?.kind === 'failed' && outcome.problems[0]?.message).toBe(
      'pitch 1.5.0 was chosen, but another run released first, with other content: from commit b on main',
    );
    expect(newer.uploads).toEqual([]);
  });

  it('keeps its dependents from being sent', async () => {
    const specs = [...chosen, { name: 'strings', version: '0.3.1', needs: ['pitch>=1.5,<2'] }];
    const { at } = await released(['a', 'b', 'c'], DUO);
    const [newer, older] = [at('c'), at('b')];
    newer.meanwhile.set('pitch', () => run(older, { specs: chosen }));
    expect((await run(newer, { specs })).outcomes).toEqual({
      pitch: 'failed NXPYPI_VERSION_TAKEN',
      strings: 'skipped needs-stopped pitch',
    });
  });

  it('G8: is an error with nx-release-publish too, and none where the content is the same', async () => {
    const { at } = await released(['a', 'b']);
    const [ours, theirs] = [at('b'), at('b')];
    theirs.contents.set('pitch', 'other');
    ours.meanwhile.set('pitch', () => run(theirs, { specs: chosen, versions: 'manifest' }));
    expect((await run(ours, { specs: chosen, versions: 'manifest' })).outcomes).toEqual({
      pitch: 'failed NXPYPI_VERSION_TAKEN NXPYPI_CONFLICT',
    });
    const [again, same] = [at('b'), at('b')];
    const next = [{ name: 'pitch', version: '1.6.0' }];
    again.meanwhile.set('pitch', () => run(same, { specs: next, versions: 'manifest' }));
    expect((await run(again, { specs: next, versions: 'manifest' })).outcomes).toEqual({ pitch: 'published 1.6.0' });
  });

  it('C6: is superseded where the winner is newer', async () => {
    const { at } = await released(['a', 'b', 'c']);
    const [older, newer] = [at('b'), at('c')];
    older.meanwhile.set('pitch', () => run(newer, { specs: chosen }));
    expect((await run(older, { specs: chosen })).outcomes).toEqual({ pitch: 'superseded 1.5.0' });
  });

  it('stands where only a lower version came', async () => {
    const { world, at } = await released(['a', 'b', 'c']);
    const [newer, older] = [at('c'), at('b')];
    newer.meanwhile.set('pitch', () => run(older, { specs: PITCH }));
    expect((await run(newer, { specs: chosen })).outcomes).toEqual({ pitch: 'published 1.5.0' });
    expect(contentOf(world, 'pitch')).toBe('pitch of c');
  });
});
