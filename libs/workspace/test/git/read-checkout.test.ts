import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCheckout } from '@nx-pypi/workspace';
import { commit, folderWith, git, repositoryWith, write } from '../setting/git-folder.ts';

const env = { PATH: process.env['PATH'] };

it('says where a clean checkout stands', async () => {
  const root = repositoryWith({ 'viola.py': '' });
  git(root, 'remote', 'add', 'origin', 'https://oauth2:glpat-x@gitlab.example/orchestra/strings.git');
  expect(await readCheckout(root, env)).toStrictEqual({
    kind: 'found',
    value: {
      repository: 'gitlab.example/orchestra/strings',
      revision: git(root, 'rev-parse', 'HEAD'),
      ref: 'main',
      pipeline: '',
      dirtyPaths: [],
    },
  });
});

it('names modified, staged, deleted and untracked paths relative to the workspace', async () => {
  const top = repositoryWith({
    '.gitignore': '*.log\n',
    'python/a b.py': '1',
    'python/gone.py': '',
    'python/renamed.py': 'a long enough text to be found again',
    'java/A.java': '',
  });
  const root = join(top, 'python');
  write(root, { 'a b.py': '2', 'new/é.py': '', 'x.log': '' });
  write(top, { 'java/A.java': 'changed' });
  rmSync(join(root, 'gone.py'));
  git(top, 'mv', 'python/renamed.py', 'python/moved.py');
  const found = await readCheckout(root, env);
  expect(found.kind === 'found' && found.value.dirtyPaths).toStrictEqual([
    'a b.py',
    'gone.py',
    'moved.py',
    'new/é.py',
    'renamed.py',
  ]);
});

it('takes the ref from CI where the head is detached', async () => {
  const root = repositoryWith({ 'viola.py': '' });
  git(root, 'checkout', '-q', '--detach');
  const gitlab = { ...env, GITLAB_CI: 'true', CI_COMMIT_BRANCH: 'release/1.x' };
  const [alone, inCi] = [await readCheckout(root, env), await readCheckout(root, gitlab)];
  expect(alone.kind === 'found' && alone.value.ref).toBe('');
  expect(inCi.kind === 'found' && inCi.value.ref).toBe('release/1.x');
});

it('has no revision before the first commit and outside git', async () => {
  const empty = folderWith({});
  git(empty, 'init', '-q', '-b', 'main');
  const outside = folderWith({ 'viola.py': '' });
  for (const root of [empty, outside]) {
    const found = await readCheckout(root, { ...env, GIT_CEILING_DIRECTORIES: join(outside, '..') });
    expect(found.kind === 'found' && found.value.revision).toBe('');
  }
});

it('is not led astray by the variables of a git hook', async () => {
  const [root, other] = [repositoryWith({ 'viola.py': '' }), repositoryWith({ 'tuba.py': '' })];
  commit(other, 'Blow');
  const found = await readCheckout(root, { ...env, GIT_DIR: join(other, '.git'), GIT_WORK_TREE: other });
  expect(found.kind === 'found' && found.value.revision).toBe(git(root, 'rev-parse', 'HEAD'));
});

it('returns what git says when the repository is damaged', async () => {
  const root = repositoryWith({ 'viola.py': '' });
  write(root, { '.git/config': '[core\n' });
  const found = await readCheckout(root, env);
  expect(found).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_GIT_FAILED' } });
});
