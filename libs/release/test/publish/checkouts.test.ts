import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PackageSpec } from '../packages.ts';
import { createWorld, run, type World } from '../world.ts';

const TRIO: readonly PackageSpec[] = [
  { name: 'pitch', version: '1.0.0' },
  { name: 'strings', version: '1.0.0', needs: ['pitch>=1,<2'] },
  { name: 'concert', version: '1.0.0', needs: ['strings==1.0.0'] },
];
const COMMITS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

/** A commit changes some of the packages; the others stay as the commit before left them. */
function checkout(world: World, commit: number, changes: readonly (readonly string[])[]): World {
  const one = world.rival();
  one.git.head = COMMITS[commit] ?? '';
  for (const [index, names] of changes.slice(0, commit + 1).entries())
    for (const name of names) one.contents.set(name, `${name} of ${COMMITS[index] ?? ''}`);
  return one;
}

const changed = fc.subarray(TRIO.map((spec) => spec.name));
const history = fc.record({
  changes: fc.array(changed, { minLength: 2, maxLength: COMMITS.length }),
  /** For every run, how many turns it lets pass before each upload. */
  delays: fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 40 }),
});

it('G5, C6: of checkouts that are released at the same time, the newest has the highest version, and no version has two contents', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ changes, delays }) => {
      const world = createWorld();
      world.git.commits.push(...COMMITS);
      world.git.head = COMMITS[0] ?? '';
      await run(world, { specs: TRIO });
      let turn = 0;
      const runs = changes.map(async (_, commit) => {
        const one = checkout(world, commit, changes);
        one.pace = async () => {
          turn += 1;
          for (let left = delays[turn % delays.length] ?? 0; left > 0; left -= 1) await Promise.resolve();
        };
        return run(one, { specs: TRIO });
      });
      const ends = await Promise.all(runs);
      for (const { outcomes } of ends)
        for (const outcome of Object.values(outcomes))
          expect(outcome).toMatch(/^(published|unchanged|superseded|taken) /);
      const newest = checkout(world, changes.length - 1, changes);
      for (const { name } of TRIO) {
        const files = world.files.get(name) ?? [];
        expect(new Set(files.map((file) => file.filename)).size).toBe(files.length);
        expect(files.length % 2).toBe(0);
      }
      const { outcomes } = await run(newest, { specs: TRIO });
      for (const outcome of Object.values(outcomes)) expect(outcome).toMatch(/^unchanged /);
    }),
    { numRuns: 100 },
  );
});
