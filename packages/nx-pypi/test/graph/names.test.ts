import { discoverPackages } from '@nx-pypi/manifests';
import { describe, expect, it } from 'vitest';
import { givenNames } from '../../src/graph/given-names.ts';
import { projectNames } from '../../src/graph/project-names.ts';

function names(tree: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const readText = (path: string): string | undefined => tree[path];
  const { packages } = discoverPackages(Object.keys(tree), readText);
  return Object.fromEntries(projectNames(packages, givenNames(Object.keys(tree), readText)));
}

const pyproject = (name: string): string => `[project]\nname = "${name}"\nversion = "1.0"\n`;

describe('the Nx project name of a package', () => {
  it('is the normalised package name', () => {
    expect(names({ 'packages/flute/pyproject.toml': pyproject('Orchestra.Flute') })).toEqual({
      'packages/flute': 'orchestra-flute',
    });
  });

  it('is what a project.json in the same folder says, or that folder’s name', () => {
    expect(
      names({
        'a/pyproject.toml': pyproject('flute'),
        'a/project.json': '{"name": "woodwind"}',
        'b/pyproject.toml': pyproject('oboe'),
        'b/project.json': '{}',
      }),
    ).toEqual({ a: 'woodwind', b: 'b' });
  });

  it('is what package.json says for a member of the npm workspace, and not elsewhere', () => {
    expect(
      names({
        'package.json': '{"name": "root", "workspaces": ["./members/*"]}',
        'members/flute/pyproject.toml': pyproject('flute'),
        'members/flute/package.json': '{"name": "@orchestra/flute"}',
        'others/oboe/pyproject.toml': pyproject('oboe'),
        'others/oboe/package.json': '{"name": "@orchestra/oboe"}',
      }),
    ).toEqual({ 'members/flute': '@orchestra/flute', 'others/oboe': 'oboe' });
  });

  it('is made of the path where two manifests, a project.json or a name that no index accepts are in the way', () => {
    expect(
      names({
        'a/flute/pyproject.toml': pyproject('flute'),
        'b/flute/pyproject.toml': pyproject('Flute'),
        'web/project.json': '{"name": "tuba"}',
        'tuba/pyproject.toml': pyproject('tuba'),
        'template/pyproject.toml': pyproject('<name>'),
        'pyproject.toml': pyproject('tuba'),
      }),
    ).toEqual({
      'a/flute': 'python-a-flute',
      'b/flute': 'python-b-flute',
      tuba: 'python-tuba',
      template: 'python-template',
      '.': 'python-root',
    });
  });

  it('survives a project.json that is not JSON', () => {
    expect(names({ 'a/pyproject.toml': pyproject('flute'), 'b/project.json': '{oops' })).toEqual({ a: 'flute' });
  });
});
