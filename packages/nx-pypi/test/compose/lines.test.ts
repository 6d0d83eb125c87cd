import { discoverPackages } from '@nx-pypi/manifests';
import { formatSpecifierSet } from '@nx-pypi/standards';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/compose/lines.ts';

const FILES: Readonly<Record<string, string>> = {
  'tuba/pyproject.toml':
    '[project]\nname = "Tuba"\nversion = "1"\n[tool.nx-pypi.releaseBranches]\nmain = ">=2"\n"release/*" = "<2"\n',
  'horn/setup.cfg':
    '[metadata]\nname = horn\nversion = 1\n[nx-pypi.releaseBranches]\nmain = *\nrelease/1.x = >=1.5, <2\n',
  'lute/pyproject.toml': '[project]\nname = "lute"\nversion = "1"\n',
};

function lines(refs: readonly string[], files = FILES): Readonly<Record<string, string>> {
  const { packages } = discoverPackages(Object.keys(files), (path) => files[path]);
  const found = linesOf({ main: '<9', 'release/1.x': '>=1,<2' }, packages, refs);
  if (found.kind === 'problem') return { [found.problem.code]: found.problem.where ?? '' };
  const { line, lines: own = new Map() } = found.value;
  const rows = [...own].map(([name, set]) => [name, formatSpecifierSet(set)] as const);
  return { all: formatSpecifierSet(line), ...Object.fromEntries(rows) };
}

describe('C1: what a branch may release', () => {
  it.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['the default branch', ['main'], { all: '<9', tuba: '>=2', horn: '' }],
    ['a branch of an old line', ['release/1.x'], { all: '>=1,<2', tuba: '<2', horn: '>=1.5,<2' }],
    ['a branch that only one package knows', ['release/0.x'], { all: '', tuba: '<2', horn: '' }],
    ['a merge request’s branch, by its target', ['tune', 'main'], { all: '<9', tuba: '>=2', horn: '' }],
  ])('%s: of all packages, and of those that say it themselves', (_what, refs, expected) => {
    expect(lines(refs)).toEqual(expected);
  });

  it('names the manifest whose specifier is none', () => {
    const files = { 'tuba/pyproject.toml': (FILES['tuba/pyproject.toml'] ?? '').replace('>=2', 'two') };
    expect(lines(['main'], files)).toEqual({ NXPYPI_BAD_OPTION: 'tuba/pyproject.toml' });
  });
});
