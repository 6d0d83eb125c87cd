import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ReleaseReport } from '@nx-pypi/release';
import { temporaryFolder } from '@nx-pypi/testkit';
import type { RunningRegistry } from 'nx-pypi-registry';
import { expect, it, vi } from 'vitest';
import type { Ended } from '../nx-workspace.ts';
import {
  openHouse,
  openStage,
  outcomesOf,
  shownFile,
  shownFiles,
  stageOf,
  writeModule,
  type Stage,
} from './theatre.ts';

/** Races after the first release; `NX_PYPI_ROUNDS=20` for the long way. */
const ROUNDS = Number(process.env['NX_PYPI_ROUNDS'] ?? 1);
vi.setConfig({ testTimeout: 60_000 + ROUNDS * 60_000 });

const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8];
const TRIO = [
  { name: 'opera-score', backend: 'setuptools' },
  { name: 'opera-cast', backend: 'hatchling', dependencies: ['opera-score>=1,<2'] },
  { name: 'opera-night', backend: 'flit', dependencies: ['opera-cast'] },
] as const;

/** A process that ended well, and what it says that it did. */
function reportOf({ code, text }: Ended): Readonly<Record<string, string>> {
  const at = text.indexOf('{\n');
  const report = JSON.parse(text.slice(at, text.lastIndexOf('}') + 1)) as ReleaseReport;
  expect({ code, problems: report.problems }).toEqual({ code: 0, problems: [] });
  return outcomesOf(report);
}

/** No file is there twice, and every version has its sdist and its wheel. */
async function expectWhole(registry: RunningRegistry, name: string): Promise<readonly string[]> {
  const files = await shownFiles(registry, name);
  expect(new Set(files).size).toBe(files.length);
  const versions = files.filter((file) => file.endsWith('.tar.gz')).map((file) => file.slice(name.length + 1, -7));
  const wheels = files.filter((file) => file.endsWith('.whl')).map((file) => file.split('-')[1] ?? '');
  expect(wheels.toSorted()).toEqual(versions.toSorted());
  return versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

async function sdistText(registry: RunningRegistry, name: string, version: string): Promise<string> {
  const file = await shownFile(registry, name, `${name.replaceAll('-', '_')}-${version}.tar.gz`);
  return gunzipSync(file).toString('latin1');
}

it('G5, G9: eight processes that publish the same change release it once, and each tells the truth', async () => {
  const registry = await openHouse();
  const stage = await openStage(TRIO, registry);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { name } of TRIO) writeModule(stage.root, name, `ROUND = "${round} of ${name}"\n`);
    await stage.commit(`Round ${round}`);
    const ends = await Promise.all(EIGHT.map(() => stage.cli(['publish', '--json'])));
    for (const end of ends) {
      for (const outcome of Object.values(reportOf(end)))
        expect([`published 1.0.${round}`, `unchanged 1.0.${round}`]).toContain(outcome);
    }
    for (const { name } of TRIO) {
      expect(await expectWhole(registry, name)).toEqual(
        Array.from({ length: round + 1 }, (_, patch) => `1.0.${patch}`),
      );
      expect(await sdistText(registry, name, `1.0.${round}`)).toContain(`ROUND = "${round} of ${name}"`);
    }
  }
});

it('C6, G5: of eight checkouts of one history, whatever their order, the newest commit has the highest version', async () => {
  const registry = await openHouse();
  const first = await openStage(TRIO, registry);
  await first.cli(['publish']);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const checkouts: Stage[] = [];
    for (const bar of EIGHT) {
      for (const { name } of TRIO) writeModule(first.root, name, `BAR = "${round}.${bar} of ${name}"\n`);
      checkouts.push(await checkoutOf(first, await first.commit(`Bar ${round}.${bar}`), registry));
    }
    const ends = await Promise.all(checkouts.map((checkout) => checkout.cli(['publish', '--json'])));
    for (const end of ends) {
      for (const outcome of Object.values(reportOf(end))) expect(outcome).toMatch(/^(published|superseded) 1\.0\.\d+$/);
    }
    for (const { name } of TRIO) {
      const versions = await expectWhole(registry, name);
      expect(await sdistText(registry, name, versions.at(-1) ?? '')).toContain(`BAR = "${round}.8 of ${name}"`);
    }
    const again = await checkouts[2]?.cli(['publish', '--json']);
    expect(again?.text).toContain('superseded');
  }
});

/** A clone of its own at one commit, detached as in CI. */
async function checkoutOf(stage: Stage, revision: string, registry: RunningRegistry): Promise<Stage> {
  const root = join(await temporaryFolder(), 'clone');
  await stage.git('clone', '--quiet', stage.root, root);
  await stage.git('-C', root, 'checkout', '--quiet', '--detach', revision);
  return stageOf({ ...stage, root }, registry);
}
