import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { openHouse, openStage, shownFile, writeModule } from './theatre.ts';
import { watch, watchedFiles, type Need } from './watcher.ts';

/** `NX_PYPI_KILLS=100` for the long way. */
const KILLS = Number(process.env['NX_PYPI_KILLS'] ?? 5);
vi.setConfig({ testTimeout: 120_000 + KILLS * 20_000 });

const KILLS_PER_RELEASE = 5;
const CHAIRS = Array.from({ length: 30 }, (_, chair) => ({
  name: `violin-${chair + 1}`,
  dependencies: chair === 0 ? [] : [`violin-${Math.floor((chair + 1) / 2)}>=1,<2`],
}));
const NEEDS = CHAIRS.slice(1).map(({ name, dependencies }): Need => [
  String(dependencies[0]).replace(/>=.*$/, ''),
  name,
]);

/** Evenly spread over 0 to 1, without two runs of the suite being alike. */
const start = Math.random();
function moment(kill: number): number {
  return (start + kill * 0.618_033_988_75) % 1;
}

it('law 2, law 4: a release of thirty packages that is killed at any moment is completed by the next run, once and in order', async () => {
  const registry = await openHouse();
  const stage = await openStage(CHAIRS, registry);
  const began = Date.now();
  expect((await stage.cli(['publish'])).code).toBe(0);
  const undisturbed = Date.now() - began;
  let kills = 0;
  for (let release = 1; kills < KILLS; release += 1) {
    const version = `1.0.${release}`;
    for (const { name } of CHAIRS) writeModule(stage.root, name, `PIECE = "${release} for ${name}"\n`);
    await stage.commit(`Piece ${release}`);
    const endWatch = watch(registry, version, NEEDS);
    for (let inARow = 0; inARow < KILLS_PER_RELEASE && kills < KILLS; inARow += 1) {
      const child = stage.start(['publish']);
      const ended = once(child, 'close');
      await wait(moment(kills) * undisturbed);
      child.kill('SIGKILL');
      await ended;
      kills += 1;
    }
    const { code, text } = await stage.cli(['publish']);
    expect({ release, code, text }).toMatchObject({ release, code: 0 });
    expect(await endWatch()).toEqual([]);
    for (const { name } of CHAIRS) {
      const module = name.replaceAll('-', '_');
      const files = (await watchedFiles(registry, name)).filter((file) => file.includes(`-${version}`));
      expect(files.toSorted()).toEqual([`${module}-${version}-py3-none-any.whl`, `${module}-${version}.tar.gz`]);
      const sdist = gunzipSync(await shownFile(registry, name, `${module}-${version}.tar.gz`)).toString('latin1');
      expect(sdist).toContain(`PIECE = "${release} for ${name}"`);
    }
  }
  const again = await stage.cli(['publish', '--json']);
  expect(again.text).not.toContain('"published"');
});
