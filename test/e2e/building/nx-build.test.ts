import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nxWorkspace } from '../nx-workspace.ts';
import { shareEnvironments, writeModule } from '../publish/theatre.ts';

const PAIR = [{ name: 'opera-score' }, { name: 'opera-night', dependencies: ['opera-score>=1,<2'] }];

it('the build target puts sdist and wheel into dist, and Nx takes them from its cache until a source changes', async () => {
  const { root, nx, git, commit } = await nxWorkspace({ packages: PAIR });
  await commit('Before the season');
  shareEnvironments(root);
  // Nx 24 keeps results outside of the workspace, where an earlier run of this test left its own.
  const cache = { NX_CACHE_DIRECTORY: join(root, '.nx/results') };
  const built = (name: string): readonly string[] =>
    readdirSync(join(root, 'packages', name, 'dist'))
      .filter((file) => !file.startsWith('.'))
      .toSorted();
  const build = async (): Promise<string> => {
    const { code, text } = await nx(['run-many', '-t', 'build', '--output-style=static'], cache);
    expect(code, text).toBe(0);
    return text;
  };

  expect(await build()).toContain('0/2 hit');
  const files = ['-1.0.0-py3-none-any.whl', '-1.0.0.tar.gz'];
  expect(built('opera-score')).toEqual(files.map((end) => `opera_score${end}`));
  expect(await git('status', '--porcelain')).toBe('');

  for (const { name } of PAIR) rmSync(join(root, 'packages', name, 'dist'), { recursive: true });
  writeModule(root, 'opera-night', 'SEASON = "new"\n');
  const again = await build();
  expect(again).toMatch(/1\/2 hit/);
  expect(again).toMatch(/opera-score:build\s+\[local cache\]/);
  for (const { name } of PAIR) expect(built(name)).toEqual(files.map((end) => name.replace('-', '_') + end));
});
