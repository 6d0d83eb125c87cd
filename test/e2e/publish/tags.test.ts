import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '@nx-pypi/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { credentialOf, openHouse, openStage, runHere, shownFiles, writeModule } from './theatre.ts';

const DUO = [{ name: 'opera-score' }, { name: 'opera-cast', dependencies: ['opera-score>=1,<2'] }];

/** A workspace with a remote, and the command line in this process. */
async function openOpera() {
  const registry = await openHouse();
  const stage = await openStage(DUO, registry);
  const remote = join(await temporaryFolder(), 'remote.git');
  await stage.git('init', '--quiet', '--bare', remote);
  await stage.git('remote', 'add', 'origin', remote);
  const cli = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runHere(stage.root, words, { ...credentialOf(registry), ...env });
  return { ...stage, registry, remote, cli };
}

it('every release gets an annotated tag, pushed; one that is taken is told, and the release stands', async () => {
  const { registry, root, git, commit, cli } = await openOpera();
  const first = await git('rev-parse', 'HEAD');
  const published = await cli(['publish', '--push']);
  expect(published).toMatchObject({ code: 0 });
  const remoteTags = async () =>
    (await git('ls-remote', '--tags', 'origin')).split('\n').map((line) => line.split('\t'));
  expect(await remoteTags()).toEqual([
    [await git('rev-parse', 'opera-cast@1.0.0'), 'refs/tags/opera-cast@1.0.0'],
    [first, 'refs/tags/opera-cast@1.0.0^{}'],
    [await git('rev-parse', 'opera-score@1.0.0'), 'refs/tags/opera-score@1.0.0'],
    [first, 'refs/tags/opera-score@1.0.0^{}'],
  ]);

  writeModule(root, 'opera-score', 'KEY = "minor"\n');
  await commit('Another key');
  await git('tag', 'opera-score@1.0.1', first);
  const taken = await cli(['publish', '--push']);
  expect(taken.code).toBe(1);
  expect(taken.text).toContain('NXPYPI_TAG_TAKEN: the tag opera-score@1.0.1 stands at');
  expect(taken.text).toMatch(/opera-score +1\.0\.0 → 1\.0\.1 published/);
  expect(await shownFiles(registry, 'opera-score')).toContain('opera_score-1.0.1.tar.gz');

  // The same command again ends what is left, when the cause is gone.
  await git('tag', '--delete', 'opera-score@1.0.1');
  const again = await cli(['publish', '--push']);
  expect(again).toMatchObject({ code: 0 });
  expect(await git('rev-parse', 'opera-score@1.0.1^{commit}')).toBe(await git('rev-parse', 'HEAD'));
  expect((await remoteTags()).map(([, name]) => name)).toContain('refs/tags/opera-score@1.0.1');
});

it('--gitlab-release makes pages with notes in the project of the job, with the job’s token', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const field = (name: string): string =>
        new RegExp(`name="${name}"\\r\\n\\r\\n([^]*?)\\r\\n--`).exec(body)?.[1] ?? '';
      asked.push(
        [method, decodeURIComponent(url), headers['job-token'], field('name'), field('ref'), field('description')].join(
          ' ',
        ),
      );
      const status = method === 'POST' ? 201 : 404;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(status === 404 ? { message: '404 Not Found' } : { commit: { id: field('ref') } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const gitlab = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const { root, git, commit, cli } = await openOpera();
  expect(await cli(['publish', '--gitlab-release'])).toMatchObject({
    code: 1,
    text: expect.stringContaining('NXPYPI_NO_GITLAB'),
  });
  const job = {
    CI_SERVER_URL: gitlab,
    CI_API_V4_URL: `${gitlab}/api/v4`,
    CI_PROJECT_ID: '7',
    CI_JOB_TOKEN: 'job-secret',
  };
  expect(await cli(['publish'])).toMatchObject({ code: 0 });
  writeModule(root, 'opera-score', 'KEY = "minor"\n');
  await commit('fix: play the right key');
  const { code, text } = await cli(['publish', '--gitlab-release'], job);
  expect({ code, text }).toMatchObject({ code: 0 });
  const head = await git('rev-parse', 'HEAD');
  const posts = asked.filter((each) => each.startsWith('POST'));
  expect(posts).toHaveLength(1);
  expect(posts[0]).toContain(`POST /api/v4/projects/7/releases job-secret opera-score 1.0.1 ${head} `);
  expect(posts[0]).toContain('Play the right key');
  expect(text).not.toContain('job-secret');
});
