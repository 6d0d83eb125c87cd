import { expect, it } from 'vitest';
import type { ManifestChange, PythonPackage } from '../../src/index.ts';
import { changed } from '../reader-of.ts';

const POETRY = '[tool.poetry]\nname = "tuba"\nversion = "1"\n\n[tool.poetry.dependencies]\n';

function rewrite(pkg: PythonPackage, specifier: string, written: string): ManifestChange {
  const declaration = pkg.declarations.find(({ normalizedName }) => normalizedName === 'horn');
  if (declaration === undefined) throw new Error('horn is not declared');
  return { kind: 'rewrite-range', declaration, specifier, written };
}

it.each([
  ['horn = "^1.0" # brass', 'horn = "^2.0" # brass'],
  [
    'horn = { version = "^1.0", extras = ["mute"], python = "^3.9" }',
    'horn = { version = "^2.0", extras = ["mute"], python = "^3.9" }',
  ],
  ["horn = { path = '../horn', version = '^1.0' }", "horn = { path = '../horn', version = '^2.0' }"],
  ['horn.version = "^1.0"', 'horn.version = "^2.0"'],
])('Poetry: %s keeps everything beside its range', (before, after) => {
  const files = { 'tuba/pyproject.toml': `${POETRY}${before}\n` };
  const edited = changed(files, (pkg) => [rewrite(pkg, '>=2.0,<3.0', '^2.0')]);
  expect(edited['tuba/pyproject.toml']).toBe(`${POETRY}${after}\n`);
});

it('a requirement keeps extras, marker and its source in uv’s table', () => {
  const text = `[project]
name = "tuba"
version = "1"
dependencies = ['horn[mute] ~=1.0 ; python_version >= "3.9"']

[tool.uv.sources]
horn = { workspace = true }
`;
  const edited = changed({ 'tuba/pyproject.toml': text }, (pkg) => [rewrite(pkg, '~=2.0', '~=2.0')]);
  expect(edited['tuba/pyproject.toml']).toBe(text.replace('~=1.0', '~=2.0'));
});

it('setup.cfg: the item keeps its extras and marker', () => {
  const text =
    '[metadata]\nname = tuba\nversion = 1\n[options]\ninstall_requires =\n    horn[mute]>=1,<2; python_version >= "3.9"  \n    lute\n';
  const edited = changed({ 'tuba/setup.cfg': text }, (pkg) => [rewrite(pkg, '>=2.0.0,<3', '>=2.0.0,<3')]);
  expect(edited['tuba/setup.cfg']).toBe(text.replace('>=1,<2', '>=2.0.0,<3'));
});
