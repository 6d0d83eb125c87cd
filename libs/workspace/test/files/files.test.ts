import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cacheFolder, readWorkspaceText, writeFileAtomic } from '@nx-pypi/workspace';
import { folderWith, git, repositoryWith, write } from '../setting/git-folder.ts';

it('makes a cache folder that git does not see', () => {
  const root = repositoryWith({ 'score.txt': 'largo' });
  const folder = cacheFolder(root);
  write(folder, { 'verdicts.json': '{}' });
  expect(folder).toBe(join(root, '.nx', 'nx-pypi'));
  expect(git(root, 'status', '--porcelain')).toBe('');
  expect(cacheFolder(root)).toBe(folder);
});

it('reads text with its byte order mark and line ends', () => {
  const root = folderWith({ 'brass/horn.toml': '\uFEFFname = "Horn"\r\n' });
  expect(readWorkspaceText(root)('brass/horn.toml')).toBe('\uFEFFname = "Horn"\r\n');
});

it('reads nothing that is missing, a folder, not UTF-8 or outside of the workspace', () => {
  const secret = folderWith({ token: 'secret' });
  const root = folderWith({ 'brass/horn.toml': 'x', latin: new Uint8Array([0x63, 0xe9]) });
  symlinkSync(join(secret, 'token'), join(root, 'link'));
  symlinkSync(join(root, 'brass'), join(root, 'metal'));
  const read = readWorkspaceText(root);
  const paths = ['missing', 'brass', 'latin', 'link', '../x', join(secret, 'token'), `..${secret}/token`];
  expect(paths.map((path) => read(path))).toStrictEqual(paths.map(() => undefined));
  expect(read('metal/horn.toml')).toBe('x');
});

it('replaces a file, keeps its mode, follows its symlink and leaves nothing beside it', async () => {
  const root = folderWith({ 'play.sh': 'old' });
  chmodSync(join(root, 'play.sh'), 0o755);
  symlinkSync('play.sh', join(root, 'link.sh'));
  await writeFileAtomic(join(root, 'link.sh'), 'new');
  expect(readFileSync(join(root, 'play.sh'), 'utf8')).toBe('new');
  expect(statSync(join(root, 'play.sh')).mode & 0o777).toBe(0o755);
  expect(readdirSync(root).sort()).toStrictEqual(['link.sh', 'play.sh']);
});

it('makes the folders of a new file and rejects where one is in the way', async () => {
  const root = folderWith({ strings: 'a file' });
  await writeFileAtomic(join(root, 'wood/wind/oboe.txt'), 'a');
  expect(readFileSync(join(root, 'wood/wind/oboe.txt'), 'utf8')).toBe('a');
  await expect(writeFileAtomic(join(root, 'strings/cello.txt'), 'c')).rejects.toThrow(/EEXIST|ENOTDIR/);
});
