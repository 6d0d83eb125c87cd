import { discoverPackages } from '@nx-pypi/manifests';
import { expect, test } from 'vitest';
import { nestedPackages } from '../../src/graph/nested-packages.ts';

test('tells of every nested package once, with the innermost package that it lies in', () => {
  const folders = ['.', 'strings', 'strings/cello', 'strings/cello/bow', 'strings/docs/viola', 'stringsandwinds'];
  const { packages } = discoverPackages(
    folders.map((folder) => `${folder}/pyproject.toml`.replace('./', '')),
    (path) => (path.endsWith('pyproject.toml') ? `[project]\nname = "p-${path.length}"\nversion = "1"\n` : undefined),
  );
  expect(packages).toHaveLength(folders.length);
  expect([...nestedPackages(packages)]).toEqual([
    ['.', ['strings', 'stringsandwinds']],
    ['strings', ['strings/cello', 'strings/docs/viola']],
    ['strings/cello', ['strings/cello/bow']],
  ]);
});
