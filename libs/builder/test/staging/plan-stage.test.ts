import { statSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Tree } from '@nx-pypi/testkit';
import { temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { describe, expect, it } from 'vitest';
import { stampOf } from '../../src/digest/file-stamp.ts';
import { planStage } from '../../src/staging/plan-stage.ts';
import type { StageFile } from '../../src/staging/resolve-entry.ts';
import { pyproject, scoreWith, type Score } from '../setting/score.ts';

const SETUPTOOLS = 'setuptools.build_meta';
const HATCHLING = 'hatchling.build';

async function staged(score: Score, path: string, packageFolders?: readonly string[]): Promise<readonly string[]> {
  const plan = await planStage(await score.packageAt(path), await score.sources(packageFolders));
  return plan.kind === 'found' ? plan.value.map((file) => file.path) : [plan.problem.code, plan.problem.message];
}

async function stagedOf(tree: Tree, untracked: Tree = {}): Promise<readonly string[]> {
  const score = await scoreWith(tree);
  await writeTree(score.repository.root, untracked);
  return staged(score, 'violin');
}

function byte(hex: string): string {
  return String.fromCodePoint(Number.parseInt(hex, 16));
}

function stagedFrom(root: string, path: string, from: string): StageFile {
  const source = join(root, from);
  return { path, source, executable: false, stamp: stampOf(statSync(source)) };
}

describe('D1: what is staged', () => {
  it('tracked files and untracked ones that are not ignored, of the package alone', async () => {
    const tree = {
      '.gitignore': '*.log\n',
      'violin/pyproject.toml': pyproject('violin', SETUPTOOLS),
      'violin/violin/__init__.py': '',
      'violins/other.py': '',
      'viola/pyproject.toml': pyproject('viola', SETUPTOOLS),
    };
    expect(await stagedOf(tree, { 'violin/draft.py': '', 'violin/debug.log': '' })).toStrictEqual([
      'violin/draft.py',
      'violin/pyproject.toml',
      'violin/violin/__init__.py',
    ]);
  });

  it('not a tracked file that was deleted', async () => {
    const score = await scoreWith({ 'violin/pyproject.toml': pyproject('violin', SETUPTOOLS), 'violin/gone.py': '' });
    await rm(join(score.repository.root, 'violin/gone.py'));
    expect(await staged(score, 'violin')).toStrictEqual(['violin/pyproject.toml']);
  });

  it.each([
    ['[tool.nx-pypi] include', SETUPTOOLS, '[tool.nx-pypi]\ninclude = ["violin/gen/*.py"]\n'],
    ['hatch artifacts', HATCHLING, '[tool.hatch.build]\nartifacts = ["*.gen.py", "/violin/gen"]\n'],
    ['hatch force-include', HATCHLING, '[tool.hatch.build.targets.wheel.force-include]\n"violin/gen" = "x"\n'],
    [
      'poetry include',
      'poetry.core.masonry.api',
      '[tool.poetry]\ninclude = [{ path = "violin/gen/**/*", format = "wheel" }]\n',
    ],
    ['setuptools package-data', SETUPTOOLS, '[tool.setuptools.package-data]\nviolin = ["gen/*.py"]\n'],
    ['pdm includes', 'pdm.backend', '[tool.pdm.build]\nincludes = ["violin/gen/"]\n'],
  ])('ignored files that the manifest ships: %s', async (_, backend, more) => {
    const files = await stagedOf(
      { 'violin/.gitignore': 'gen/\n*.log\n', 'violin/pyproject.toml': pyproject('violin', backend, more) },
      { 'violin/violin/gen/notes.py': '', 'violin/violin/gen/__pycache__/notes.pyc': '', 'violin/debug.log': '' },
    );
    expect(files).toStrictEqual(['violin/.gitignore', 'violin/pyproject.toml', 'violin/violin/gen/notes.py']);
  });

  it('ignored files that MANIFEST.in adds', async () => {
    const files = await stagedOf(
      {
        'violin/.gitignore': '*.json\n',
        'violin/pyproject.toml': pyproject('violin', SETUPTOOLS),
        'violin/MANIFEST.in': 'include a.json\nrecursive-include data *.json\n',
      },
      { 'violin/a.json': '', 'violin/data/deep/b.json': '', 'violin/c.json': '' },
    );
    expect(files).toContain('violin/a.json');
    expect(files).toContain('violin/data/deep/b.json');
    expect(files).not.toContain('violin/c.json');
  });

  it('files outside of the folder that the manifest mentions, and no dependency', async () => {
    const files = await stagedOf({
      LICENSE: 'MIT',
      'README.md': '# Orchestra',
      'shared/a.txt': '',
      'shared/b.txt': '',
      'strings/pyproject.toml': pyproject('strings', SETUPTOOLS),
      'violin/pyproject.toml': pyproject(
        'violin',
        HATCHLING,
        '[tool.uv.sources]\nstrings = { path = "../strings" }\n[tool.hatch.metadata.hooks.custom]\nreadme = "../README.md"\n[tool.hatch.build.targets.sdist.force-include]\n"../LICENSE" = "LICENSE"\n"../shared" = "shared"\n',
      ),
    });
    expect(files).toStrictEqual(['LICENSE', 'README.md', 'shared/a.txt', 'shared/b.txt', 'violin/pyproject.toml']);
  });

  it('not the whole repository for `root = ".."` of a version plugin', async () => {
    const more = '[tool.hatch.version.raw-options]\nroot = ".."\n';
    const tree = { 'viola.py': '', 'violin/pyproject.toml': pyproject('violin', HATCHLING, more) };
    expect(await stagedOf(tree)).toStrictEqual(['violin/pyproject.toml']);
  });

  it('ignore files of ancestors where the backend reads them', async () => {
    const tree = (backend: string): Tree => ({
      '.gitignore': '*.log\n',
      'violin/pyproject.toml': pyproject('violin', backend),
    });
    expect(await stagedOf(tree(HATCHLING))).toStrictEqual(['.gitignore', 'violin/pyproject.toml']);
    expect(await stagedOf(tree(SETUPTOOLS))).toStrictEqual(['violin/pyproject.toml']);
  });

  it('files that symlinks inside of the workspace point to', async () => {
    const score = await scoreWith({
      LICENSE: 'MIT',
      'shared/data/a.txt': 'a',
      'violin/pyproject.toml': pyproject('violin', SETUPTOOLS),
    });
    const { root } = score.repository;
    await symlink('../LICENSE', join(root, 'violin/LICENSE'));
    await symlink('../shared', join(root, 'violin/shared'));
    await symlink('nowhere', join(root, 'violin/dangling'));
    const plan = await planStage(await score.packageAt('violin'), await score.sources());
    expect(plan.kind === 'found' && plan.value).toStrictEqual([
      stagedFrom(root, 'violin/LICENSE', 'LICENSE'),
      stagedFrom(root, 'violin/pyproject.toml', 'violin/pyproject.toml'),
      stagedFrom(root, 'violin/shared/data/a.txt', 'shared/data/a.txt'),
    ]);
  });

  it('files of a nested package belong to it alone', async () => {
    const score = await scoreWith({
      'pyproject.toml': pyproject('orchestra', SETUPTOOLS),
      'orchestra.py': '',
      'violin/pyproject.toml': pyproject('violin', SETUPTOOLS),
      'violin/violin.py': '',
    });
    expect(await staged(score, '.', ['.', 'violin'])).toStrictEqual(['orchestra.py', 'pyproject.toml']);
    expect(await staged(score, 'violin', ['.', 'violin'])).toStrictEqual(['violin/pyproject.toml', 'violin/violin.py']);
  });
});

describe('D1: what is refused', () => {
  it('a symlink that leaves the workspace', async () => {
    const outside = await temporaryFolder();
    const score = await scoreWith({ 'violin/pyproject.toml': pyproject('violin', SETUPTOOLS) });
    for (const target of [outside, join(outside, 'nothing')]) {
      await rm(join(score.repository.root, 'violin/away'), { force: true });
      await symlink(target, join(score.repository.root, 'violin/away'));
      expect((await staged(score, 'violin'))[0]).toBe('NXPYPI_STAGE_LEAVES_WORKSPACE');
    }
  });

  it.runIf(process.platform === 'linux').each([
    ['a file', ['violin/caf\\xe9.py'], 'violin/caf\\xe9.py'],
    ['a folder', ['violin/\\xff\\xfe', 'violin/\\xff\\xfe/tone.py'], 'violin/\\xff\\xfe/tone.py'],
  ])('%s whose name is not UTF-8, which is shown escaped', async (_, made, named) => {
    const score = await scoreWith({ 'violin/pyproject.toml': pyproject('violin', SETUPTOOLS) });
    const bytes = (path: string): Buffer =>
      Buffer.from(
        join(score.repository.root, path).replaceAll(/\\x(..)/g, (_all, hex: string) => byte(hex)),
        'latin1',
      );
    for (const folder of made.slice(0, -1)) await mkdir(bytes(folder));
    await writeFile(bytes(made.at(-1) ?? ''), '');
    expect(await staged(score, 'violin')).toStrictEqual([
      'NXPYPI_STAGE_FILENAME',
      `The file '${named}' has a name that is not UTF-8.`,
    ]);
  });

  it('takes a replacement character in a name for what it is, and a deleted file for gone', async () => {
    const score = await scoreWith({ 'violin/pyproject.toml': pyproject('violin', SETUPTOOLS), 'violin/\ufffd.py': '' });
    expect(await staged(score, 'violin')).toStrictEqual(['violin/pyproject.toml', 'violin/\ufffd.py']);
    await rm(join(score.repository.root, 'violin/\ufffd.py'));
    expect(await staged(score, 'violin')).toStrictEqual(['violin/pyproject.toml']);
  });

  it('a symlink to a folder around it', async () => {
    const score = await scoreWith({ 'violin/pyproject.toml': pyproject('violin', SETUPTOOLS) });
    await mkdir(join(score.repository.root, 'violin/deep'));
    await symlink('..', join(score.repository.root, 'violin/deep/up'));
    expect((await staged(score, 'violin'))[0]).toBe('NXPYPI_STAGE_LOOP');
  });

  it('a file outside of the workspace that the manifest mentions', async () => {
    const outside = await temporaryFolder();
    const score = await scoreWith({
      'violin/pyproject.toml': pyproject(
        'violin',
        HATCHLING,
        `[tool.hatch.build.targets.wheel.force-include]\n"../../${basename(outside)}" = "away"\n`,
      ),
    });
    expect((await staged(score, 'violin'))[0]).toBe('NXPYPI_STAGE_LEAVES_WORKSPACE');
  });
});
