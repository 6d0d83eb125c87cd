import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { discoverPackages } from '@nx-pypi/manifests';
import { commitLog, readWorkspaceText } from '@nx-pypi/workspace';
import { commit, folderWith, git, repositoryWith, write } from '../setting/git-folder.ts';

const manifest = (version: string): Record<string, string> => ({
  'lute/pyproject.toml': `[project]\nname = "lute"\nversion = "${version}"\n`,
});

function lute(root: string) {
  const [pkg] = discoverPackages(['lute/pyproject.toml'], readWorkspaceText(root)).packages;
  if (pkg === undefined) throw new Error('there is no lute');
  return pkg;
}

describe('the history since a release', () => {
  it('has messages and paths, deleted ones too, newest first, merges left out', async () => {
    const root = repositoryWith(manifest('1.0.0'));
    const start = git(root, 'rev-parse', 'HEAD');
    write(root, { 'lute/a b.py': 'a', 'lute/ö.py': 'o' });
    commit(root, 'feat: strings\n\nTwo lines\nof body');
    git(root, 'rm', '-q', 'lute/a b.py');
    commit(root, 'fix: one less');
    const found = await commitLog(root, process.env).since(start);
    expect(found).toMatchObject({
      kind: 'found',
      value: [
        { message: 'fix: one less', files: ['lute/a b.py'] },
        { message: 'feat: strings\n\nTwo lines\nof body', files: ['lute/a b.py', 'lute/ö.py'] },
      ],
    });
  });

  it('is a problem with the command that helps where the clone is too shallow', async () => {
    const root = repositoryWith(manifest('1.0.0'));
    const start = git(root, 'rev-parse', 'HEAD');
    for (const verse of ['one', 'two', 'three']) {
      write(root, { 'lute/verse.txt': verse });
      commit(root, verse);
    }
    const clone = folderWith({});
    execFileSync('git', ['clone', '-q', '--depth', '2', `file://${root}`, clone]);
    const found = await commitLog(clone, process.env).since(start);
    expect(found).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_STALE_CHECKOUT' } });
    expect(found.kind === 'problem' && found.problem.hint).toContain('git fetch --unshallow');
  });
});

describe('where a version was released', () => {
  it('is its tag, annotated or not, by name before plain ones', async () => {
    const root = repositoryWith(manifest('1.0.0'));
    const tagged = git(root, 'rev-parse', 'HEAD');
    git(root, 'tag', '-a', 'lute-v1.0.0', '-m', 'Released');
    write(root, { 'a.txt': 'a' });
    commit(root, 'Later');
    git(root, 'tag', 'v1.0.0');
    expect(await commitLog(root, process.env).released(lute(root), '1.0.0')).toEqual({ kind: 'found', value: tagged });
  });

  it('is else the commit that set the version', async () => {
    const root = repositoryWith(manifest('1.0.0'));
    write(root, manifest('1.1.0'));
    const setting = commit(root, 'Release lute 1.1.0');
    write(root, manifest('1.2.0'));
    commit(root, 'Release lute 1.2.0');
    expect(await commitLog(root, process.env).released(lute(root), '1.1.0')).toEqual({ kind: 'found', value: setting });
    expect(await commitLog(root, process.env).released(lute(root), '9.9.9')).toMatchObject({
      kind: 'problem',
      problem: { code: 'NXPYPI_NO_HISTORY' },
    });
  });
});
