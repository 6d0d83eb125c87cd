import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listIgnoredFiles, listTrackedFiles, listWorkspaceFiles } from '@nx-pypi/workspace';
import { folderWith, git, repositoryWith, write } from '../setting/git-folder.ts';

it('lists tracked files and untracked ones that are not ignored', async () => {
  const root = repositoryWith({ '.gitignore': '*.log\n', 'strings/viola.py': '', 'zither/énigme.py': '' });
  write(root, { 'strings/draft.py': '', 'strings/debug.log': '' });
  expect(await listWorkspaceFiles(root)).toStrictEqual([
    '.gitignore',
    'strings/draft.py',
    'strings/viola.py',
    'zither/énigme.py',
  ]);
  expect(await listTrackedFiles(root)).toStrictEqual(['.gitignore', 'strings/viola.py', 'zither/énigme.py']);
  expect(await listIgnoredFiles(root, ['strings'])).toStrictEqual(['strings/debug.log']);
});

it('lists a tracked file that was deleted: who opens it finds out', async () => {
  const root = repositoryWith({ 'viola.py': '' });
  rmSync(join(root, 'viola.py'));
  expect(await listWorkspaceFiles(root)).toStrictEqual(['viola.py']);
});

it('is relative to a workspace below the top of its repository', async () => {
  const root = repositoryWith({ 'python/viola.py': '', 'java/Viola.java': '' });
  expect(await listWorkspaceFiles(join(root, 'python'))).toStrictEqual(['viola.py']);
});

it('lists the files of submodules, and a symlink as itself', async () => {
  const guest = repositoryWith({ 'soloist.py': '' });
  const root = repositoryWith({ 'strings/viola.py': '' });
  git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', guest, 'guest');
  symlinkSync('.', join(root, 'loop'));
  expect(await listWorkspaceFiles(root)).toStrictEqual(['.gitmodules', 'guest/soloist.py', 'loop', 'strings/viola.py']);
  git(root, 'submodule', '--quiet', 'deinit', '-f', 'guest');
  expect(await listWorkspaceFiles(root)).toStrictEqual(['.gitmodules', 'loop', 'strings/viola.py']);
});

it('walks outside git, without caches and without following loops', async () => {
  const root = folderWith({
    'strings/viola.py': '',
    'strings/__pycache__/viola.pyc': '',
    'node_modules/left/index.js': '',
    '.venv/bin/python': '',
    '.nx/cache/x': '',
  });
  symlinkSync('..', join(root, 'strings', 'up'));
  expect(await listWorkspaceFiles(root)).toStrictEqual(['strings/up', 'strings/viola.py']);
});
