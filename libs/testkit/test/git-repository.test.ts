import { join } from 'node:path';
import { gitRepository, temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { afterEach, describe, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('gitRepository', () => {
  test('commits what lies in the folder, on the branch main, under a fixed identity', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'score.txt': 'G D A E', 'parts/viola.txt': 'C G D A' });
    const { git } = await gitRepository(root);
    expect(await git('ls-tree', '-r', '--name-only', 'main')).toBe('parts/viola.txt\nscore.txt');
    expect(await git('log', '--format=%an <%ae> %at / %cn <%ce> %ct')).toBe(
      'Clara Conductor <clara@orchestra.example> 1704110400 / Clara Conductor <clara@orchestra.example> 1704110400',
    );
    expect(await git('status', '--porcelain')).toBe('');
    expect(await git('remote')).toBe('');
  });

  test('commit writes the tree, takes everything that is not ignored and gives the commit id', async () => {
    const { git, commit } = await gitRepository(await temporaryFolder());
    const first = await git('rev-parse', 'HEAD');
    const second = await commit('Add the horn', { '.gitignore': '*.log', 'horn.txt': 'in F', 'noise.log': '!' });
    expect(second).toMatch(/^[0-9a-f]{40}$/);
    expect(await git('rev-parse', 'HEAD', 'HEAD^')).toBe(`${second}\n${first}`);
    expect(await git('diff', '--name-only', 'HEAD^')).toBe('.gitignore\nhorn.txt');
  });

  test('a commit without a change is a commit', async () => {
    const { git, commit } = await gitRepository(await temporaryFolder());
    const before = await git('rev-parse', 'HEAD');
    expect(await commit('Rest for a bar')).not.toBe(before);
  });

  test('the same content has the same commit id everywhere', async () => {
    const ids = [];
    for (const root of [await temporaryFolder(), await temporaryFolder()]) {
      await writeTree(root, { 'score.txt': 'G D A E' });
      const { commit } = await gitRepository(root);
      ids.push(await commit('Add the oboe', { 'oboe.txt': 'A' }));
    }
    expect(ids[0]).toBe(ids[1]);
  });

  test('a git that surrounds the tests has no say: neither its variables nor its configuration', async () => {
    const elsewhere = await temporaryFolder();
    await writeTree(elsewhere, { 'user.gitconfig': '[user]\nname = Somebody Else\n[core]\nautocrlf = true\n' });
    vi.stubEnv('GIT_DIR', join(elsewhere, 'not-here'));
    vi.stubEnv('GIT_INDEX_FILE', join(elsewhere, 'index'));
    vi.stubEnv('GIT_AUTHOR_NAME', 'Somebody Else');
    vi.stubEnv('GIT_CONFIG_GLOBAL', join(elsewhere, 'user.gitconfig'));
    const { root, git } = await gitRepository(await temporaryFolder());
    expect(await git('rev-parse', '--show-toplevel')).toBe(root);
    expect(await git('log', '--format=%an')).toBe('Clara Conductor');
    expect(await git('config', '--list', '--show-scope')).not.toMatch(/^(global|system)/m);
  });

  test("a failing command rejects with git's message", async () => {
    const { git } = await gitRepository(await temporaryFolder());
    await expect(git('checkout', 'no-such-branch')).rejects.toThrow("pathspec 'no-such-branch' did not match");
  });
});
