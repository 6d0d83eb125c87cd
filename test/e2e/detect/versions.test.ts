import { pythonWorkspace, type PackageSpec } from '@nx-pypi/testkit';
import type { PublishedVersion, RegistryReader, RegistryState } from '@nx-pypi/release';
import { describe, expect, it } from 'vitest';
import { deskAt, openEnsemble, type Ensemble } from './ensemble.ts';
import { play, uvPublish } from './python-tools.ts';

const MANIFEST = 'packages/overture/pyproject.toml';
const MODULE = 'packages/overture/src/overture/__init__.py';

async function overture(spec: Partial<PackageSpec> = {}): Promise<Ensemble> {
  return openEnsemble(pythonWorkspace([{ name: 'overture', ...spec }]));
}

describe('E1: the version in the manifest beside the released one', () => {
  it.each([
    ['below it: the baseline counts', '0.9.0', { verdict: 'unchanged', plan: 'kept 1.0.0' }],
    ['equal to it', '1.0.0', { verdict: 'unchanged', plan: 'kept 1.0.0' }],
    ['equal by PEP 440, spelled otherwise', '1.0', { verdict: 'unchanged', plan: 'kept 1.0.0' }],
    [
      'above it: released as it stands',
      '1.4.0',
      { verdict: 'ahead', plan: '1.4.0: manifest says 1.4.0, registry has 1.0.0' },
    ],
  ])('%s', async (_, version, expected) => {
    const ensemble = await overture();
    await ensemble.publish();
    if (version !== '1.0.0') deskAt(ensemble.root).edit(MANIFEST, '"1.0.0"', `"${version}"`);
    await ensemble.commit('Number');
    expect((await ensemble.detect())['overture']).toMatchObject(expected);
  });

  it('below it and edited: the next one after the baseline', async () => {
    const ensemble = await overture();
    await ensemble.publish();
    deskAt(ensemble.root).edit(MANIFEST, '"1.0.0"', '"0.9.0"');
    deskAt(ensemble.root).edit(MODULE, 'NAME', 'TITLE');
    await ensemble.commit('Revise');
    expect((await ensemble.detect())['overture']).toMatchObject({
      verdict: 'changed',
      plan: '1.0.1: overture/__init__.py modified',
    });
  });
});

describe('C2: which version is the baseline', () => {
  it('a release candidate, where there is no final version', async () => {
    const ensemble = await overture({ version: '1.0.0rc1' });
    await ensemble.publish();
    expect((await ensemble.detect())['overture']).toMatchObject({ verdict: 'unchanged', plan: 'kept 1.0.0rc1' });
    deskAt(ensemble.root).edit(MODULE, 'NAME', 'TITLE');
    await ensemble.commit('Revise');
    expect((await ensemble.detect())['overture']?.plan).toBe('1.0.0rc2: overture/__init__.py modified');
  });

  it('B6: the version before a yanked one, whose number is never used again', async () => {
    const ensemble = await overture();
    await ensemble.publish();
    deskAt(ensemble.root).edit(MODULE, 'NAME', 'TITLE');
    await ensemble.commit('Revise');
    await ensemble.publish();
    const yanked = await ensemble.detect({ ports: ({ registry }) => ({ registry: yanking(registry, '1.0.1') }) });
    expect(yanked['overture']).toMatchObject({ verdict: 'changed', plan: '1.0.2: overture/__init__.py modified' });
  });
});

it('D6: a newer backend with the same content is no change', async () => {
  const ensemble = await overture({ files: { 'tests/test_overture.py': '' } });
  await ensemble.publish({ options: { buildConstraints: ['hatchling==1.21.0'] } });
  deskAt(ensemble.root).write('packages/overture/tests/test_overture.py', 'assert True\n');
  await ensemble.commit('Rehearse');
  expect((await ensemble.detect())['overture']).toMatchObject({ verdict: 'unchanged', by: 'comparison' });
  expect((await ensemble.detect({ run: { deep: true } }))['overture']).toMatchObject({ verdict: 'unchanged' });
});

it('C4: a version of ours that lacks its wheel is completed from the same source, and only from it', async () => {
  const ensemble = await overture();
  await expect(
    ensemble.publish({
      ports: ({ uploader }) => ({
        uploader: {
          ...uploader,
          upload: async (request) =>
            request.artifact.kind === 'sdist'
              ? uploader.upload(request)
              : {
                  kind: 'rejected',
                  filename: request.artifact.filename,
                  runWide: false,
                  problem: { code: 'NXPYPI_TEST', message: 'the string broke', hint: 'mend it' },
                },
        },
      }),
    }),
  ).rejects.toThrow('the string broke');
  expect((await ensemble.detect())['overture']).toMatchObject({
    verdict: 'incomplete',
    plan: '1.0.0: lacks its wheel',
  });
  deskAt(ensemble.root).edit(MODULE, 'NAME', 'TITLE');
  await ensemble.commit('Revise');
  const edited = (await ensemble.detect())['overture'];
  expect(edited?.verdict).toBe('changed');
  expect(edited?.plan).toMatch(/^1\.0\.1: /);
});

it('two packages that swapped their names are both changed', async () => {
  const ensemble = await openEnsemble(pythonWorkspace([{ name: 'waltz' }, { name: 'polka' }]));
  await ensemble.publish();
  const desk = deskAt(ensemble.root);
  desk.edit('packages/waltz/pyproject.toml', 'name = "waltz"', 'name = "polka"');
  desk.edit('packages/polka/pyproject.toml', 'name = "polka"', 'name = "waltz"');
  for (const [folder, module] of [
    ['waltz', 'polka'],
    ['polka', 'waltz'],
  ] as const)
    desk.rename(`packages/${folder}/src/${folder}`, `packages/${folder}/src/${module}`);
  await ensemble.commit('Swap');
  const found = await ensemble.detect();
  expect(found['waltz']).toMatchObject({
    verdict: 'changed',
    plan: '1.0.1: waltz/__init__.py modified; metadata: Summary',
  });
  expect(found['polka']).toMatchObject({
    verdict: 'changed',
    plan: '1.0.1: polka/__init__.py modified; metadata: Summary',
  });
});

it('the released version carries a number that no manifest has: one of another tool, later than ours', async () => {
  const ensemble = await overture({ version: '1.2.0' });
  await play('uv', ['build', 'packages/overture', '--quiet', '--out-dir', '.nx/dist'], { cwd: ensemble.root });
  await uvPublish(
    ['.nx/dist/overture-1.2.0.tar.gz', '.nx/dist/overture-1.2.0-py3-none-any.whl'],
    ensemble.root,
    ensemble.registry,
  );
  deskAt(ensemble.root).edit(MANIFEST, '"1.2.0"', '"1.1.0"');
  await ensemble.commit('Fall behind');
  expect((await ensemble.detect())['overture']).toMatchObject({ verdict: 'unchanged', plan: 'kept 1.2.0' });
});

/** A registry that shows a version as yanked; the embedded one yanks nothing, as GitLab does not. */
function yanking(registry: RegistryReader, text: string): RegistryReader {
  const yanked = (version: PublishedVersion): PublishedVersion =>
    version.text === text
      ? { ...version, yanked: true, files: version.files.map((file) => ({ ...file, yanked: true })) }
      : version;
  const state = (one: RegistryState): RegistryState =>
    one.kind === 'published' ? { ...one, versions: one.versions.map(yanked) } : one;
  return {
    read: async (names) => new Map([...(await registry.read(names))].map(([name, one]) => [name, state(one)] as const)),
    readFresh: async (name) => state(await registry.readFresh(name)),
    download: (file) => registry.download(file),
  };
}
