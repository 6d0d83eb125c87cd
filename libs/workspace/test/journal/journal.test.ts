import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { recoverWrites, writeAll } from '@nx-pypi/workspace';
import { folderWith } from '../setting/git-folder.ts';

const SONGS = { 'ode.txt': 'Freude\n', 'round.txt': '\uFEFFBruder Jakob\r\n' };

function read(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name !== '.nx');
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

describe('all or nothing', () => {
  it('writes every file, keeps marks and line ends, and leaves no journal', async () => {
    const folder = folderWith(SONGS);
    const changes = Object.entries(SONGS).map(([path, before]) => ({ path, before, after: `${before}Da capo\r\n` }));
    expect(await writeAll(folder, changes)).toEqual([]);
    expect(read(folder)).toEqual({
      'ode.txt': 'Freude\nDa capo\r\n',
      'round.txt': '\uFEFFBruder Jakob\r\nDa capo\r\n',
    });
    expect(existsSync(join(folder, '.nx/nx-pypi/journal.json'))).toBe(false);
  });

  it.each<[string, (folder: string) => void, string]>([
    [
      'a file that changed since it was read',
      (folder) => writeFileSync(join(folder, 'round.txt'), 'x'),
      'MANIFEST_CHANGED',
    ],
    ['a read-only file', (folder) => chmodSync(join(folder, 'round.txt'), 0o444), 'READ_ONLY'],
  ])('%s stops it before the first write', async (_what, spoil, code) => {
    const folder = folderWith(SONGS);
    spoil(folder);
    const before = read(folder);
    const changes = Object.entries(SONGS).map(([path, text]) => ({ path, before: text, after: 'new' }));
    expect(await writeAll(folder, changes)).toMatchObject([{ code: `NXPYPI_${code}`, where: 'round.txt' }]);
    expect(read(folder)).toEqual(before);
  });
});

describe('what a killed command left', () => {
  const journal = (files: unknown): string => JSON.stringify({ format: 1, pid: 4_000_000, files });
  const files = Object.entries(SONGS).map(([path, before]) => ({ path, before, after: 'new\n' }));

  it('is completed, its temporary files are removed', async () => {
    const left = { 'ode.txt': 'new\n', '.round.txt.4000000.abcdef': 'ne', '.nx/nx-pypi/journal.json': journal(files) };
    const folder = folderWith({ ...SONGS, ...left });
    expect(await recoverWrites(folder)).toEqual({ kind: 'found', value: ['ode.txt', 'round.txt'] });
    expect(read(folder)).toEqual({ 'ode.txt': 'new\n', 'round.txt': 'new\n' });
    expect(await recoverWrites(folder)).toEqual({ kind: 'found', value: [] });
  });

  it('is left alone where somebody edited a file since', async () => {
    const folder = folderWith({ ...SONGS, 'round.txt': 'mine', '.nx/nx-pypi/journal.json': journal(files) });
    expect(await recoverWrites(folder)).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_HALF_WRITTEN' } });
    expect(read(folder)).toEqual({ ...SONGS, 'round.txt': 'mine' });
  });

  it('every file is of one verse after kill -9 at any moment', async () => {
    const scribe = join(import.meta.dirname, 'scribe.ts');
    let interrupted = 0;
    for (let round = 0; round < 8; round++) {
      const folder = folderWith(
        Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`${index}.txt`, 'tacet\n'])),
      );
      mkdirSync(join(folder, '.nx'), { recursive: true });
      const child = fork(scribe, [folder], { execArgv: ['--import', 'tsx', '--conditions=nx-pypi-source'] });
      await once(child, 'message');
      await sleep(round * 9);
      child.kill('SIGKILL');
      await once(child, 'exit');
      if (existsSync(join(folder, '.nx/nx-pypi/journal.json'))) interrupted += 1;
      expect((await recoverWrites(folder)).kind).toBe('found');
      const verses = Object.values(read(folder)).map((text) => text.split(' of ')[0]);
      expect(verses).toHaveLength(25);
      expect(new Set(verses).size).toBe(1);
    }
    expect(interrupted).toBeGreaterThan(2);
  });
});
