import { pythonWorkspace, type PackageSpec } from '@nx-pypi/testkit';
import type { PublishedVersion, RegistryReader, RegistryState } from '@nx-pypi/release';
import { expect, it } from 'vitest';
import { backends, OLDER } from './backend-cases.ts';
import { deskAt, openEnsemble, type Ensemble, type Finding } from './ensemble.ts';
import { play, uvPublish } from './python-tools.ts';

const specs = backends.map((backend): PackageSpec => ({
  name: `overture-${backend.replace('_', '-')}`,
  backend,
  files: { 'tests/test_overture.py': '' },
}));

/** An overture for every backend. */
function overtures(): Promise<Ensemble> {
  return openEnsemble(pythonWorkspace(specs));
}

async function revise(ensemble: Ensemble): Promise<void> {
  for (const { name } of specs)
    deskAt(ensemble.root).append(`packages/${name}/src/${moduleOf(name)}/__init__.py`, '# la\n');
  await ensemble.commit('Revise');
}

function moduleOf(name: string): string {
  return name.replaceAll('-', '_');
}

/** What all of them must be found to be. */
function everyOne(expected: (module: string) => Partial<Finding>): Readonly<Record<string, Partial<Finding>>> {
  return Object.fromEntries(specs.map(({ name }) => [name, expected(moduleOf(name))]));
}

it('C2 and B6: a yanked version is no baseline, and its number is never used again', async () => {
  const ensemble = await overtures();
  await ensemble.publish();
  await revise(ensemble);
  await ensemble.publish();
  const yanked = await ensemble.detect({ ports: ({ registry }) => ({ registry: yanking(registry, '1.0.1') }) });
  expect(yanked).toMatchObject(
    everyOne((module) => ({ verdict: 'changed', plan: `1.0.2: ${module}/__init__.py modified` })),
  );
});

it('D6: newer backends with the same content are no change', async () => {
  const ensemble = await overtures();
  await ensemble.publish({ options: { buildConstraints: OLDER } });
  for (const { name } of specs) deskAt(ensemble.root).write(`packages/${name}/tests/test_overture.py`, 'assert True\n');
  await ensemble.commit('Rehearse');
  const unchanged = everyOne(() => ({ verdict: 'unchanged', by: 'comparison' }));
  expect(await ensemble.detect()).toMatchObject(unchanged);
  expect(await ensemble.detect({ run: { deep: true } })).toMatchObject(unchanged);
});

it('C4: a version of ours that lacks its wheel is completed from the same source, and only from it', async () => {
  const ensemble = await overtures();
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
  expect(await ensemble.detect()).toMatchObject(
    everyOne(() => ({ verdict: 'incomplete', plan: '1.0.0: lacks its wheel' })),
  );
  await revise(ensemble);
  expect(await ensemble.detect()).toMatchObject(
    everyOne(() => ({ verdict: 'changed', plan: expect.stringMatching(/^1\.0\.1: /) })),
  );
});

it('the released version carries a number that no manifest has: one of another tool, later than ours', async () => {
  const ensemble = await openEnsemble(pythonWorkspace([{ name: 'overture', version: '1.2.0' }]));
  await play('uv', ['build', 'packages/overture', '--quiet', '--out-dir', '.nx/dist'], { cwd: ensemble.root });
  await uvPublish(
    ['.nx/dist/overture-1.2.0.tar.gz', '.nx/dist/overture-1.2.0-py3-none-any.whl'],
    ensemble.root,
    ensemble.registry,
  );
  deskAt(ensemble.root).edit('packages/overture/pyproject.toml', '"1.2.0"', '"1.1.0"');
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
