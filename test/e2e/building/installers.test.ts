import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { BuilderOptions } from '@nx-pypi/builder';
import type { Tree } from '@nx-pypi/testkit';
import { pythonTools } from '../detect/python-tools.ts';
import { expect, it } from 'vitest';
import { artifactsOf, hallWith } from './hall.ts';
import { manifests } from './manifests.ts';

const CACHE = fileURLToPath(new URL('../../../.python/build-cache', import.meta.url));

/** Pinned, so that an environment of yesterday has what one of today has. */
const PINS = ['setuptools==80.9.0', 'hatchling==1.27.0'];

it('an environment that uv made and one that venv and pip made build the same', async () => {
  const tools = await pythonTools();
  const { env } = process;
  for (const { tree } of manifests.filter(({ title }) => /^(?:setuptools|hatchling)$/.test(title))) {
    const byUv = await builtIn('by-uv', tree, {
      uv: 'auto',
      env: { ...env, PATH: `${tools}:${env['PATH'] ?? ''}` },
    });
    const byPip = await builtIn('by-pip', tree, { uv: false, env });
    expect([byUv.madeByUv, byPip.madeByUv]).toEqual([true, false]);
    expect(byUv.wheel.sha256).toBe(byPip.wheel.sha256);
    // setuptools writes the time of the build into its sdists.
    const sdists = await byUv.builder.compare('sdist', byUv.sdist.file, byPip.sdist.file);
    expect(sdists).toEqual({ kind: 'found', value: { kind: 'same' } });
  }
});

it('uv does not take the indexes and overrides of the workspace for the requirements of a build', async () => {
  const tools = await pythonTools();
  const flit = manifests.find(({ title }) => title === 'flit_core');
  const settings =
    '[tool.uv]\noverride-dependencies = ["flit_core==0"]\n\n[[tool.uv.index]]\nurl = "http://127.0.0.1:9/"\ndefault = true\n';
  const hall = await hallWith({ ...flit?.tree, 'pyproject.toml': settings, '.gitignore': '.nx/\n' }, (root) => ({
    cacheDir: join(root, '.nx/nx-pypi'),
    env: { ...process.env, PATH: `${tools}:${process.env['PATH'] ?? ''}` },
  }));
  const { wheel } = artifactsOf(await hall.play(await hall.packageAt('violin'), '1.0.0'));
  expect(wheel.filename).toBe('violin-1.0.0-py3-none-any.whl');
});

async function builtIn(folder: string, tree: Tree, options: Pick<BuilderOptions, 'uv' | 'env'>) {
  const cacheDir = join(CACHE, folder);
  const hall = await hallWith(tree, { ...options, cacheDir, buildConstraints: PINS });
  const pkg = await hall.packageAt('violin');
  const artifacts = artifactsOf(await hall.play(pkg, '1.0.0'));
  const environment = await hall.builder.environment(pkg);
  const place = environment.kind === 'found' ? environment.value : '';
  const settings = readFileSync(join(cacheDir, 'envs', place, 'pyvenv.cfg'), 'utf8');
  return { ...artifacts, builder: hall.builder, madeByUv: /^uv = /m.test(settings) };
}
