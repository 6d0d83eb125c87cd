import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pythonWorkspace, type PackageSpec } from '@nx-pypi/testkit';
import { describe, expect, it } from 'vitest';
import { backends, OLDER } from './backend-cases.ts';
import { deskAt, openEnsemble, type Ensemble } from './ensemble.ts';
import { play, poetryPublish, twine, uvPublish } from './python-tools.ts';

const LICENCE = { LICENSE: 'Play it as you like.\n', 'README.md': '# A piece\n' };

/** Paths of what lies in a folder of the workspace. */
function filesIn(ensemble: Ensemble, folder: string): readonly string[] {
  return readdirSync(join(ensemble.root, folder))
    .filter((name) => /\.(?:whl|tar\.gz)$/.test(name))
    .map((name) => `${folder}/${name}`);
}

async function builtByUv(ensemble: Ensemble, names: readonly string[], pins: readonly string[] = []): Promise<void> {
  deskAt(ensemble.root).write('.nx/constraints.txt', `${pins.join('\n')}\n`);
  const constraints = ['--build-constraints', join(ensemble.root, '.nx/constraints.txt')];
  const build = (name: string): Promise<void> =>
    play('uv', ['build', `packages/${name}`, '--quiet', '--out-dir', '.nx/dist', ...constraints], {
      cwd: ensemble.root,
    });
  const lane = async (from: number): Promise<void> => {
    for (let index = from; index < names.length; index += 2) await build(names[index] ?? '');
  };
  await Promise.all([lane(0), lane(1)]);
}

describe('D6: baselines that others built and published', () => {
  it('the first run on 30 packages with older backends finds only the edited one', async () => {
    const specs = Array.from({ length: 30 }, (_, index): PackageSpec => {
      const backend = backends[index % backends.length] ?? 'hatchling';
      const dependencies = index < 12 ? ['idna>=3'] : [];
      return { name: `etude-${index + 1}`, backend, dependencies, files: LICENCE };
    });
    const ensemble = await openEnsemble(pythonWorkspace(specs), (root) => {
      const desk = deskAt(root);
      for (const { name } of specs)
        desk.edit(`packages/${name}/pyproject.toml`, '\ndescription', '\nreadme = "README.md"\ndescription');
    });
    await builtByUv(
      ensemble,
      specs.map(({ name }) => name),
      OLDER,
    );
    await twine(filesIn(ensemble, '.nx/dist'), ensemble.root, ensemble.registry);
    deskAt(ensemble.root).edit('packages/etude-8/src/etude_8/__init__.py', 'NAME', 'TITLE');
    await ensemble.commit('Revise one');
    const found = await ensemble.detect();
    const changed = Object.entries(found).filter(([, { verdict }]) => verdict !== 'unchanged');
    expect(changed.map(([name, { verdict, reasons }]) => ({ name, verdict, reasons }))).toEqual([
      { name: 'etude-8', verdict: 'changed', reasons: ['etude_8/__init__.py modified'] },
    ]);
    const notes = Object.values(found).flatMap((finding) => finding.notes ?? []);
    for (const tool of ['poetry-core 1.5.2', 'pdm-backend 2.1.0', 'flit 3.9.0'])
      expect(notes).toContainEqual(expect.stringContaining(`toolchain: ${tool} → `));
    expect(Object.keys(found)).toHaveLength(30);
    expect(Object.values(found).filter(({ plan }) => plan.startsWith('kept'))).toHaveLength(29);
  });

  it('setuptools 65 put licence files elsewhere and marked nothing Dynamic: unchanged with the newest', async () => {
    const spec: PackageSpec = { name: 'minuet', backend: 'setuptools', files: LICENCE };
    const ensemble = await openEnsemble(pythonWorkspace([spec]));
    deskAt(ensemble.root).write('.nx/constraints.txt', 'setuptools==65.7.0\nwheel==0.38.4\n');
    await play('pyproject-build', ['packages/minuet', '--outdir', '.nx/dist'], {
      cwd: ensemble.root,
      env: { PIP_CONSTRAINT: join(ensemble.root, '.nx/constraints.txt') },
    });
    await twine(filesIn(ensemble, '.nx/dist'), ensemble.root, ensemble.registry);
    expect((await ensemble.detect())['minuet']).toMatchObject({ verdict: 'unchanged', by: 'comparison' });
    deskAt(ensemble.root).edit('packages/minuet/LICENSE', 'like', 'please');
    await ensemble.commit('License anew');
    expect((await ensemble.detect())['minuet']).toMatchObject({
      verdict: 'changed',
      reasons: ['licence LICENSE modified'],
    });
  });

  it('H4: sdists that hold a symlink, as hatchling, flit and pdm make them, are baselines like others', async () => {
    const specs = (['hatchling', 'flit', 'pdm-backend'] as const).map((backend): PackageSpec => ({
      name: `canon-${backend.replace('-backend', '')}`,
      backend,
      files: { 'tests/test_canon.py': '' },
    }));
    const names = specs.map(({ name }) => name);
    const source = (name: string): string => `packages/${name}/src/${name.replaceAll('-', '_')}`;
    const ensemble = await openEnsemble(pythonWorkspace(specs), (root) => {
      for (const name of names) deskAt(root).link(`${source(name)}/echo.py`, '__init__.py');
    });
    await builtByUv(ensemble, names);
    await uvPublish(filesIn(ensemble, '.nx/dist'), ensemble.root, ensemble.registry);
    const before = await ensemble.detect();
    expect(names.map((name) => before[name]?.verdict)).toEqual(names.map(() => 'unchanged'));
    for (const name of names) deskAt(ensemble.root).edit(`${source(name)}/__init__.py`, 'NAME', 'TITLE');
    await ensemble.commit('Revise');
    const after = await ensemble.detect();
    expect(names.map((name) => after[name]?.reasons)).toEqual(
      names.map((name) => [`${name.replaceAll('-', '_')}/__init__.py modified and 1 more`]),
    );
  });

  it('poetry built and published it: unchanged until it is edited; a path that poetry wrote as a URL is mended', async () => {
    const specs: readonly PackageSpec[] = [
      { name: 'pavane', backend: 'poetry-core' },
      { name: 'galliard', backend: 'poetry-core', dependencies: [{ local: 'pavane' }] },
    ];
    const ensemble = await openEnsemble(pythonWorkspace(specs));
    const dist = join(ensemble.root, '.nx/dist');
    for (const { name } of specs)
      await play('poetry', ['build', '--output', dist], { cwd: join(ensemble.root, 'packages', name) });
    for (const { name } of specs) await poetryPublish(join(ensemble.root, 'packages', name), dist, ensemble.registry);
    const found = await ensemble.detect();
    expect(found['pavane']).toMatchObject({ verdict: 'unchanged', by: 'comparison' });
    expect(found['galliard']).toMatchObject({ verdict: 'changed', reasons: ['metadata: Requires-Dist'] });
  });
});

describe.each(['wheel', 'sdist'] as const)('a baseline that has only its %s, by another tool', (kind) => {
  it('is compared with that and never completed (C4)', async () => {
    const specs = backends.map((backend): PackageSpec => ({
      name: `air-${backend.replace('_', '-')}`,
      backend,
      files: { 'README.md': '# Air\n' },
    }));
    const ensemble = await openEnsemble(pythonWorkspace(specs));
    await builtByUv(
      ensemble,
      specs.map(({ name }) => name),
    );
    const files = filesIn(ensemble, '.nx/dist').filter((file) => file.endsWith('.whl') === (kind === 'wheel'));
    await uvPublish(files, ensemble.root, ensemble.registry);
    const before = await ensemble.detect();
    expect(
      Object.fromEntries(Object.entries(before).map(([name, { verdict, reasons }]) => [name, reasons ?? verdict])),
    ).toEqual(Object.fromEntries(specs.map(({ name }) => [name, 'unchanged'])));
    for (const { name } of specs)
      deskAt(ensemble.root).edit(`packages/${name}/src/${name.replaceAll('-', '_')}/__init__.py`, 'NAME', 'TITLE');
    await ensemble.commit('Revise');
    const after = await ensemble.detect();
    expect(Object.values(after).map(({ verdict }) => verdict)).toEqual(specs.map(() => 'changed'));
  });
});
