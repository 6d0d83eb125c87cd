import type { ArtifactKind, ShownArtifact } from '@nx-pypi/release';
import { tarGzWith, zipWith } from '@nx-pypi/testkit';
import { expect, it } from 'vitest';
import { showArtifact } from '../../src/artifacts/show-artifact.ts';
import { METADATA, wheelWith } from '../setting/archives.ts';

async function shown(kind: ArtifactKind, file: string, ...places: readonly string[]): Promise<ShownArtifact> {
  const found = await showArtifact(kind, file, new Set(places));
  if (found.kind === 'problem') throw new Error(found.problem.message);
  return found.value;
}

it('opens a wheel at the places that a comparison names, licence files wherever they lie', async () => {
  const { maker, description, files } = await shown(
    'wheel',
    await wheelWith(),
    'violin/__init__.py',
    'licence LICENSE',
  );
  expect({ maker, description: description.trim() }).toEqual({ maker: 'luthier 1.0', description: '# Violin' });
  expect([...files].map(([place, { text, size }]) => ({ place, text, size }))).toEqual([
    { place: 'licence LICENSE', text: 'MIT', size: 3 },
    { place: 'violin/__init__.py', text: 'strings = 4\n', size: 12 },
  ]);
});

it.each([
  ['a null character', Buffer.from('la\0la')],
  ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x41])],
  ['more than half a megabyte', Buffer.alloc(600 * 1024, 'la')],
])('shows no text of a file with %s', async (_, content) => {
  const info = 'violin-1.0.0.dist-info';
  const file = await zipWith('violin-1.0.0-py3-none-any.whl', [
    ['violin/tone', content],
    [`${info}/METADATA`, METADATA],
  ]);
  const tone = (await shown('wheel', file, 'violin/tone')).files.get('violin/tone');
  expect(tone).toMatchObject({ text: null, size: content.length, executable: false });
  expect(tone?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

it('D5: shows the manifests of an sdist without what a build of ours wrote into them', async () => {
  const ours = '[tool.nx-pypi.provenance]\ndigest = "1:ab"\n\n[tool.nx-pypi.provenance.declared]\nstrings = ">=1"\n';
  const file = await tarGzWith('violin-1.0.0.tar.gz', [
    { name: 'violin-1.0.0/PKG-INFO', content: METADATA },
    { name: 'violin-1.0.0/pyproject.toml', content: `[project]\nname = "violin"\n\n${ours}\n[tool.x]\ny = 1\n` },
    { name: 'violin-1.0.0/setup.cfg', content: '[egg_info]\ntag_build = dev\n\n[nx-pypi]\ndigest = 1:ab\n' },
  ]);
  const { files, maker } = await shown('sdist', file, 'pyproject.toml', 'setup.cfg');
  expect(files.get('pyproject.toml')?.text).toBe('[project]\nname = "violin"\n\n[tool.x]\ny = 1\n');
  expect(files.get('setup.cfg')?.text).toBe('[egg_info]\ntag_build = dev\n');
  expect(maker).toBeNull();
});
