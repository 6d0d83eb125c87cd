import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isAncestor } from '@nx-pypi/workspace';
import { commit, folderWith, git, repositoryWith } from '../setting/git-folder.ts';

const env = { PATH: process.env['PATH'] };

function shallowClone(origin: string): string {
  const clone = folderWith({});
  git(origin, 'config', 'uploadpack.allowFilter', 'true');
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  git(clone, 'clone', '-q', '--depth=1', `file://${origin}`, '.');
  return clone;
}

it('tells ancestors, descendants and siblings apart', async () => {
  const root = repositoryWith({ 'viola.py': '' });
  const first = git(root, 'rev-parse', 'HEAD');
  const second = commit(root, 'Second movement');
  git(root, 'checkout', '-q', '-b', 'encore', first);
  const sibling = commit(root, 'Encore');
  expect(await isAncestor(root, first, second, env)).toStrictEqual({ kind: 'found', value: true });
  expect(await isAncestor(root, second, second, env)).toStrictEqual({ kind: 'found', value: true });
  expect(await isAncestor(root, second, first, env)).toStrictEqual({ kind: 'found', value: false });
  expect(await isAncestor(root, sibling, second, env)).toStrictEqual({ kind: 'found', value: false });
});

it('C6: fetches the commits that a shallow clone lacks, and no blobs', async () => {
  const origin = repositoryWith({ 'old.py': 'old' });
  const first = git(origin, 'rev-parse', 'HEAD');
  const blob = git(origin, 'rev-parse', 'HEAD:old.py');
  rmSync(`${origin}/old.py`);
  const second = commit(origin, 'Second movement');
  const third = commit(origin, 'Third movement');
  const root = shallowClone(origin);
  expect(await isAncestor(root, first, third, env)).toStrictEqual({ kind: 'found', value: true });
  expect(await isAncestor(root, third, second, env)).toStrictEqual({ kind: 'found', value: false });
  expect(git(root, 'rev-list', '--objects', '--all', '--missing=print')).toContain(
    `?${git(origin, 'rev-parse', `${first}^{tree}`)}`,
  );
  expect(git(root, 'count-objects', '-v')).not.toContain(blob);
});

it('C6: fetches a commit of another branch', async () => {
  const origin = repositoryWith({ 'viola.py': '' });
  const first = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'checkout', '-q', '-b', 'encore');
  const sibling = commit(origin, 'Encore');
  git(origin, 'checkout', '-q', 'main');
  const root = shallowClone(origin);
  expect(await isAncestor(root, sibling, first, env)).toStrictEqual({ kind: 'found', value: false });
  expect(await isAncestor(root, first, sibling, env)).toStrictEqual({ kind: 'found', value: true });
});

it('C6: is a problem, never an answer, where origin cannot help', async () => {
  const origin = repositoryWith({ 'viola.py': '' });
  const first = git(origin, 'rev-parse', 'HEAD');
  commit(origin, 'Second movement');
  const root = shallowClone(origin);
  rmSync(origin, { recursive: true });
  expect(await isAncestor(root, first, 'HEAD', env)).toMatchObject({
    kind: 'problem',
    problem: { code: 'NXPYPI_STALE_CHECKOUT' },
  });
});
