import { gitRepository, temporaryFolder } from '@nx-pypi/testkit';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTag, pushTags } from '../../src/git/tags.ts';

/** As in a CI job: nobody told git who commits. */
const NOBODY = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  HOME: '/nonexistent',
};

async function repositoryWithRemote() {
  const repo = await gitRepository(await temporaryFolder());
  const remote = join(await temporaryFolder(), 'remote.git');
  await repo.git('init', '--quiet', '--bare', remote);
  await repo.git('remote', 'add', 'origin', remote);
  const first = await repo.git('rev-parse', 'HEAD');
  const second = await repo.commit('Tune');
  return { ...repo, first, second };
}

it('makes annotated tags without an identity, and leaves one that stands at the commit', async () => {
  const { root, git, second } = await repositoryWithRemote();
  const tag = { name: 'opera-score@1.0.1', revision: second, message: 'opera-score 1.0.1' };
  expect(await createTag(root, tag, NOBODY)).toBeNull();
  expect(await git('cat-file', '-t', tag.name)).toBe('tag');
  expect(await git('rev-parse', `${tag.name}^{commit}`)).toBe(second);
  const made = await git('rev-parse', tag.name);
  expect(await createTag(root, tag, NOBODY)).toBeNull();
  expect(await git('rev-parse', tag.name)).toBe(made);
});

it('never moves a tag that stands at another commit', async () => {
  const { root, git, first, second } = await repositoryWithRemote();
  await git('tag', 'opera-score@1.0.1', first);
  const tag = { name: 'opera-score@1.0.1', revision: second, message: 'opera-score 1.0.1' };
  expect(await createTag(root, tag, NOBODY)).toMatchObject({
    code: 'NXPYPI_TAG_TAKEN',
    message: `the tag opera-score@1.0.1 stands at ${first.slice(0, 12)}, not at ${second.slice(0, 12)}, which was released`,
  });
  expect(await git('rev-parse', 'opera-score@1.0.1')).toBe(first);
});

it('says what git says of a name or a commit that it does not take', async () => {
  const { root } = await repositoryWithRemote();
  const tag = { name: 'opera..score', revision: 'f'.repeat(40), message: 'x' };
  expect(await createTag(root, tag, NOBODY)).toMatchObject({ code: 'NXPYPI_GIT_FAILED' });
});

it('pushes tags together, and tells of each one that the remote refuses', async () => {
  const { root, git, first, second } = await repositoryWithRemote();
  for (const name of ['opera-score', 'opera-cast'])
    await createTag(root, { name: `${name}@1.0.1`, revision: second, message: name }, NOBODY);
  expect(await pushTags(root, ['opera-score@1.0.1', 'opera-cast@1.0.1'], NOBODY)).toEqual(new Map());
  expect(await pushTags(root, ['opera-score@1.0.1'], NOBODY)).toEqual(new Map());
  await git('tag', '--force', 'opera-cast@1.0.1', first);
  await git('tag', 'opera-night@1.0.0', second);
  const refused = await pushTags(root, ['opera-cast@1.0.1', 'opera-night@1.0.0'], NOBODY);
  expect([...refused.keys()]).toEqual(['opera-cast@1.0.1']);
  expect(refused.get('opera-cast@1.0.1')?.message).toContain('already exists');
  expect(await git('ls-remote', '--tags', '--refs', 'origin')).toMatch(
    /opera-cast@1\.0\.1\n.*opera-night@1\.0\.0\n.*opera-score@1\.0\.1$/,
  );
});

it('tells of all of them where there is no remote', async () => {
  const { root, second } = await gitRepository(await temporaryFolder()).then(async (repo) => ({
    ...repo,
    second: await repo.git('rev-parse', 'HEAD'),
  }));
  await createTag(root, { name: 'opera-score@1.0.1', revision: second, message: 'x' }, NOBODY);
  const refused = await pushTags(root, ['opera-score@1.0.1'], NOBODY);
  expect(refused.get('opera-score@1.0.1')).toMatchObject({
    code: 'NXPYPI_GIT_FAILED',
    message: expect.stringContaining('could not be pushed to origin'),
  });
});
