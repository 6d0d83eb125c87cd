import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { expect, test } from 'vitest';

test('files are written as they are given, with the folders that lead there', async () => {
  const root = await temporaryFolder();
  const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x00, 0xff);
  await writeTree(root, { 'programme.txt': 'Canon\r\n', 'parts/strings/viola.bin': bytes, 'parts/empty.txt': '' });
  expect(await readFile(join(root, 'programme.txt'), 'utf8')).toBe('Canon\r\n');
  expect(new Uint8Array(await readFile(join(root, 'parts/strings/viola.bin')))).toEqual(bytes);
  expect(await readFile(join(root, 'parts/empty.txt'), 'utf8')).toBe('');
});

test('a later tree overwrites its own files and leaves the others', async () => {
  const root = await temporaryFolder();
  await writeTree(root, { 'horn.txt': 'in F', 'tuba.txt': 'in C' });
  await writeTree(root, { 'horn.txt': 'in B flat' });
  expect(await readFile(join(root, 'horn.txt'), 'utf8')).toBe('in B flat');
  expect(await readFile(join(root, 'tuba.txt'), 'utf8')).toBe('in C');
});

test.for(['../outside.txt', 'parts/../../outside.txt', '/outside.txt', '..', '', 'parts\\viola.txt'])(
  'the path %j is refused before anything is written',
  async (path) => {
    const root = await temporaryFolder();
    await expect(writeTree(root, { 'fine.txt': 'x', [path]: 'x' })).rejects.toThrow('not a path inside the tree');
    expect(await readdir(root)).toEqual([]);
  },
);
