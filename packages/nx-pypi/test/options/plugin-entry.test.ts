import { describe, expect, it } from 'vitest';
import { pluginEntry } from '../../src/options/plugin-entry.ts';

describe('the plugin’s entry in nx.json', () => {
  it.each([
    ['no nx.json', null],
    ['no plugins', {}],
    ['another plugin', { plugins: ['@nx/js', { plugin: '@nx/docker', options: { bump: 'major' } }] }],
    ['a bare name', { plugins: ['nx-pypi'] }],
  ])('%s: no options, every file', (_case, nxJson) => {
    const entry = pluginEntry(nxJson);
    expect(entry.options).toEqual({});
    expect(entry.takes('any/pyproject.toml')).toBe(true);
  });

  it('has options, and filters as Nx does', () => {
    const entry = pluginEntry({
      plugins: [
        { plugin: 'nx-pypi', options: { bump: 'minor' }, include: ['packages/**/*'], exclude: ['packages/old/**/*'] },
      ],
    });
    expect(entry.options).toEqual({ bump: 'minor' });
    expect(
      ['packages/a/pyproject.toml', 'packages/old/pyproject.toml', 'tools/pyproject.toml'].map(entry.takes),
    ).toEqual([true, false, false]);
  });

  it('is found by a path on disk too', () => {
    expect(pluginEntry({ plugins: [{ plugin: './tools/nx-pypi', options: { bump: 'major' } }] }).options).toEqual({
      bump: 'major',
    });
  });
});
