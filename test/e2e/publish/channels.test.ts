import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@nx-pypi/testkit';
import { expect, it } from 'vitest';
import { pythonTools } from '../detect/python-tools.ts';
import { run } from '../nx-workspace.ts';
import {
  credentialOf,
  openHouse,
  openStage,
  outcomesOf,
  perform,
  runHere,
  shownFiles,
  TOKEN,
  writeModule,
} from './theatre.ts';

const TRIO = [
  { name: 'opera-score' },
  { name: 'opera-cast', dependencies: ['opera-score>=1,<2'] },
  { name: 'opera-props' },
];

it('C3: a merge request releases into the registry of its channel, and pip installs it with what it needs', async () => {
  const [house, studio] = [await openHouse(), await openHouse()];
  const { root, commit } = await openStage(TRIO, house);
  await perform({ root, registry: house });
  writeModule(root, 'opera-score', 'KEY = "of the merge request"\n');
  await commit('Another key');
  const uploads = (): number => house.requests.filter(({ method }) => method === 'POST').length;
  const before = uploads();
  const channel = () =>
    perform({
      root,
      registry: house,
      options: { channels: { dev: { registry: { url: studio.url, project: 'local/packages', group: 'local' } } } },
      env: { CI_PIPELINE_IID: '42', NX_PYPI_CHANNEL_DEV_URL: studio.url, NX_PYPI_CHANNEL_DEV_TOKEN: TOKEN },
      run: { channel: { id: 'dev', number: null } },
    });
  expect(outcomesOf(await channel())).toEqual({
    'opera-cast': 'published 1.0.1.dev42',
    'opera-props': 'unchanged 1.0.0',
    'opera-score': 'published 1.0.1.dev42',
  });
  expect(uploads()).toBe(before);
  expect(await shownFiles(studio, 'opera-score')).toEqual([
    'opera_score-1.0.1.dev42.tar.gz',
    'opera_score-1.0.1.dev42-py3-none-any.whl',
  ]);
  expect(outcomesOf(await channel())).toMatchObject({ 'opera-cast': 'unchanged 1.0.1.dev42' });

  const target = await temporaryFolder();
  const index = (url: string): string => `${url}/api/v4/groups/local/-/packages/pypi/simple`;
  const sources = ['--index-url', index(studio.url), '--extra-index-url', index(house.url)];
  const pip = await run(
    join(await pythonTools(), 'python'),
    [
      '-m',
      'pip',
      'install',
      '--no-cache-dir',
      '--target',
      target,
      ...sources,
      'opera-cast==1.0.1.dev42',
      'opera-props',
    ],
    { root: target },
  );
  expect(pip.text).toContain('Successfully installed opera-cast-1.0.1.dev42 opera-props-1.0.0 opera-score-1.0.1.dev42');
  expect(readFileSync(join(target, 'opera_score/__init__.py'), 'utf8')).toContain('of the merge request');

  // What the channel holds is invisible to the default branch.
  expect(outcomesOf(await perform({ root, registry: house }))).toEqual({
    'opera-cast': 'unchanged 1.0.0',
    'opera-props': 'unchanged 1.0.0',
    'opera-score': 'published 1.0.1',
  });
});

it('C3: planned, built and published apart, in the channel of the plan', async () => {
  const house = await openHouse();
  const { root, commit } = await openStage([{ name: 'opera-props' }], house);
  const cli = (words: readonly string[]) => runHere(root, words, credentialOf(house));
  await perform({ root, registry: house });
  writeModule(root, 'opera-props', 'SWORDS = 2\n');
  await commit('Two swords');
  const words = ['--channel', 'rc', '--out', '.nx/plan.json'];
  expect((await cli(['plan', ...words])).text).toMatch(/opera-props +1\.0\.0 → 1\.0\.1rc1 would be published/);
  expect((await cli(['build', '--plan', '.nx/plan.json', '--out', '.nx/built'])).code).toBe(0);
  const published = await cli(['publish', '--plan', '.nx/plan.json', '--artifacts', '.nx/built']);
  expect(published.text).toContain('opera-props  1.0.0 → 1.0.1rc1 published (2 files)');
  expect((await cli(['publish', '--channel', 'rc'])).text).toContain('1 package: 1 up to date');
  expect((await cli(['publish'])).text).toMatch(/opera-props +1\.0\.0 → 1\.0\.1 published/);
});
