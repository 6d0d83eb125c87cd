import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactList } from '@nx-pypi/release';
import { gitRepository, temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { expect, it } from 'vitest';
import { clinicPackage } from '../registry/clinic.ts';
import {
  credentialOf,
  openHouse,
  openStage,
  registryOptions,
  runHere,
  shownFile,
  shownFiles,
  writeModule,
  type Stage,
} from './theatre.ts';

const DUO = [{ name: 'opera-score' }, { name: 'opera-cast', dependencies: ['opera-score'] }];

/** A package with a wheel for each of two platforms; compilers learn theirs from ARCHFLAGS. */
function platformPackage(name: string): Readonly<Record<string, string>> {
  const files = Object.entries(clinicPackage(name)).map(([path, content]) => [
    path,
    content
      .replace("'-py3-none-any.whl'", "'-cp311-cp311-%s.whl' % os.environ['ARCHFLAGS']")
      .replace("Tag: py3-none-any\\n'", "Tag: cp311-cp311-%s\\n' % os.environ['ARCHFLAGS']")
      .replace(
        '[build-system]',
        '[tool.nx-pypi]\nwheels = ["manylinux*_x86_64", "cp311-*-win_amd64"]\n\n[build-system]',
      ),
  ]);
  return Object.fromEntries(files) as Readonly<Record<string, string>>;
}

/** Planned with reading access, built in two places without any credential. */
async function buildApart(before: (stage: Stage) => Promise<void> = async () => {}) {
  const registry = await openHouse();
  const stage = await openStage(DUO, registry);
  await before(stage);
  const planned = await stage.cli(['plan', '--out', '.nx/plan.json']);
  const plan = ['--plan', '.nx/plan.json'];
  const asked = registry.requests.length;
  const nobody = { NX_PYPI_URL: '', NX_PYPI_TOKEN: '' };
  const releases = ['score', 'cast'].filter((name) =>
    new RegExp(`opera-${name} .*would be published`).test(planned.text),
  );
  const built = await Promise.all(
    releases.map((name) => stage.cli(['build', `opera-${name}`, ...plan, '--out', `.nx/${name}`], nobody)),
  );
  for (const { code, text } of built) expect({ code, text }).toMatchObject({ code: 0 });
  expect(registry.requests.length).toBe(asked);
  const folders = ['--artifacts', '.nx/score', '--artifacts', '.nx/cast'];
  const publish = (...more: readonly string[]) =>
    stage.cli(['publish', ...plan, ...(more.length > 0 ? more : folders)]);
  return { registry, stage, publish };
}

function listOf(root: string, folder: string): ArtifactList {
  return JSON.parse(readFileSync(join(root, folder, 'nx-pypi-artifacts.json'), 'utf8')) as ArtifactList;
}

it('H2: what was built without a credential is uploaded elsewhere byte by byte, and nothing is built there', async () => {
  const { registry, stage, publish } = await buildApart();
  rmSync(join(stage.root, '.nx/nx-pypi/envs'));
  const { code, text } = await publish();
  expect({ code, text }).toMatchObject({ code: 0 });
  for (const { name, filename, sha256 } of listOf(stage.root, '.nx/score').artifacts) {
    expect(
      createHash('sha256')
        .update(await shownFile(registry, name, filename))
        .digest('hex'),
    ).toBe(sha256);
  }
  expect(await shownFiles(registry, 'opera-cast')).toHaveLength(2);
  const uploads = registry.requests.filter(({ method }) => method === 'POST').length;
  expect((await publish()).code).toBe(0);
  // A build would have needed one.
  expect(existsSync(join(stage.root, '.nx/nx-pypi/envs'))).toBe(false);
  expect(registry.requests.filter(({ method }) => method === 'POST').length).toBe(uploads);
});

it('refuses what plan and lists do not name, as a whole, before the first upload', async () => {
  const { registry, stage, publish } = await buildApart();
  const { root } = stage;
  expect(await publish('--artifacts', '.nx/score')).toMatchObject({
    code: 1,
    text: expect.stringContaining('NXPYPI_ARTIFACTS_MISSING: opera-cast 1.0.0 lacks its sdist and wheel'),
  });
  expect(await publish('--artifacts', '.nx')).toMatchObject({
    code: 1,
    text: expect.stringContaining('NXPYPI_NO_ARTIFACT_LIST'),
  });
  const smuggled = join(root, '.nx/score/opera_score-1.0.0-py2-none-any.whl');
  copyFileSync(join(root, '.nx/score/opera_score-1.0.0-py3-none-any.whl'), smuggled);
  appendFileSync(join(root, '.nx/cast/opera_cast-1.0.0.tar.gz'), 'x');
  const refused = await publish();
  expect(refused.code).toBe(1);
  expect(refused.text).toContain('opera_score-1.0.0-py2-none-any.whl is not named by nx-pypi-artifacts.json');
  expect(refused.text).toMatch(/opera_cast-1\.0\.0\.tar\.gz has the sha256 [0-9a-f]{64}, not [0-9a-f]{64} as listed/);
  expect(registry.requests.filter(({ method }) => method === 'POST')).toEqual([]);
});

it('G5: a plan that was overtaken is an error that says by what, and sends nothing', async () => {
  const { registry, stage, publish } = await buildApart(async ({ root, commit, cli }) => {
    expect((await cli(['publish'])).code).toBe(0);
    writeModule(root, 'opera-score', 'KEY = "minor"\n');
    await commit('Another key');
  });
  expect((await stage.cli(['publish', '--level', 'minor'])).code).toBe(0);
  const uploads = (): number => registry.requests.filter(({ method }) => method === 'POST').length;
  const before = uploads();
  expect(await publish('--artifacts', '.nx/score')).toMatchObject({
    code: 1,
    text: expect.stringMatching(
      /NXPYPI_PLAN_STALE: the plan no longer fits opera-score: the registry has opera_score-1\.1\.0\S+ meanwhile/,
    ),
  });
  expect(uploads()).toBe(before);
});

it('H2: a build plans by itself; its folder is published as it is, and once', async () => {
  const registry = await openHouse();
  const stage = await openStage(DUO, registry);
  const cli = (words: readonly string[]) => runHere(stage.root, words, credentialOf(registry));
  expect(await cli(['build', '--out', '.nx/built'])).toMatchObject({
    code: 0,
    text: expect.stringContaining('2 to release, 0 up to date, 0 stopped'),
  });
  expect(registry.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  const published = await cli(['publish', '--artifacts', '.nx/built']);
  expect(published).toMatchObject({ code: 0, text: expect.stringContaining('2 packages: 2 published') });
  for (const { name, filename, sha256 } of listOf(stage.root, '.nx/built').artifacts) {
    const bytes = await shownFile(registry, name, filename);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
  expect((await cli(['publish'])).text).toContain('2 packages: 2 up to date');
});

it('C4: wheels of two platforms are built on two machines and published together, or not at all', async () => {
  const registry = await openHouse();
  const name = 'opera-harp';
  const root = await temporaryFolder();
  await writeTree(root, {
    ...platformPackage(name),
    'nx.json': JSON.stringify({ plugins: [{ plugin: 'nx-pypi', options: registryOptions(registry) }] }),
    '.gitignore': '.nx/\n__pycache__/\n',
  });
  await gitRepository(root);
  const cli = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runHere(root, words, { ...credentialOf(registry), ...env });
  const alone = await cli(['publish'], { ARCHFLAGS: 'win_amd64' });
  expect(alone).toMatchObject({ code: 1, text: expect.stringContaining('NXPYPI_WHEELS_ELSEWHERE') });
  expect((await cli(['plan', '--out', '.nx/plan.json'])).code).toBe(0);
  const build = (platform: string, ...more: readonly string[]) =>
    cli(['build', '--plan', '.nx/plan.json', '--out', `.nx/${platform}`, ...more], { ARCHFLAGS: platform });
  expect(await build('manylinux_2_28_x86_64')).toMatchObject({ code: 0 });
  expect(await build('win_amd64', '--no-sdist')).toMatchObject({ code: 0 });
  const publish = ['publish', '--plan', '.nx/plan.json', '--artifacts', '.nx/manylinux_2_28_x86_64'];
  expect(await cli(publish)).toMatchObject({
    code: 1,
    text: expect.stringContaining('opera-harp 1.0.0 lacks its wheel for cp311-*-win_amd64'),
  });
  expect(await cli([...publish, '--artifacts', '.nx/win_amd64'])).toMatchObject({ code: 0 });
  expect([...(await shownFiles(registry, name))].toSorted()).toEqual([
    'opera_harp-1.0.0-cp311-cp311-manylinux_2_28_x86_64.whl',
    'opera_harp-1.0.0-cp311-cp311-win_amd64.whl',
    'opera_harp-1.0.0.tar.gz',
  ]);
  expect((await cli(['publish'])).text).toContain('1 package: 1 up to date');
});
