import { fork } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { acquireLock, readLock } from '@nx-pypi/workspace';
import { folderWith } from '../setting/git-folder.ts';

const NO_PROCESS = 2 ** 22 + 1;

function holder(changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    pid: NO_PROCESS,
    host: hostname(),
    token: 't',
    since: '2026-11-21T00:00:00Z',
    info: {},
    ...changes,
  });
}

it('is held by one, readable by others, and free after release', async () => {
  const path = join(folderWith({}), 'locks', 'podium');
  const first = await acquireLock(path, { conductor: 'Clara' });
  const second = await acquireLock(path, { conductor: 'Fanny' });
  expect((await readLock(path))?.info).toStrictEqual({ conductor: 'Clara' });
  expect(second).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_LOCKED', where: path } });
  if (first.kind === 'found') await first.value.release();
  expect(existsSync(path)).toBe(false);
  expect(await readLock(path)).toBeNull();
  expect((await acquireLock(path, {})).kind).toBe('found');
});

it('waits for the holder and tells once for whom', async () => {
  const path = join(folderWith({}), 'podium');
  const first = await acquireLock(path, { conductor: 'Clara' });
  const told: unknown[] = [];
  const second = acquireLock(path, {}, { wait: 20, onWait: ({ info }) => told.push(info) });
  setTimeout(() => first.kind === 'found' && void first.value.release(), 300);
  expect((await second).kind).toBe('found');
  expect(told).toStrictEqual([{ conductor: 'Clara' }]);
});

it('takes over the lock of a process that has ended', async () => {
  const path = join(folderWith({ podium: holder({}) }), 'podium');
  expect((await acquireLock(path, {})).kind).toBe('found');
  expect((await readLock(path))?.pid).toBe(process.pid);
});

it('leaves the fresh lock of another machine alone and takes over an old one', async () => {
  const path = join(folderWith({ podium: holder({ host: 'another-machine' }) }), 'podium');
  expect((await acquireLock(path, {})).kind).toBe('problem');
  const past = new Date(Date.now() - 120_000);
  utimesSync(path, past, past);
  expect((await acquireLock(path, {})).kind).toBe('found');
});

it('takes over a file that is no lock once it is old', async () => {
  const path = join(folderWith({ podium: 'half a li' }), 'podium');
  expect((await acquireLock(path, {})).kind).toBe('problem');
  const past = new Date(Date.now() - 60_000);
  utimesSync(path, past, past);
  expect((await acquireLock(path, {})).kind).toBe('found');
});

it('release does not free a lock that was taken over meanwhile', async () => {
  const path = join(folderWith({}), 'podium');
  const first = await acquireLock(path, {});
  writeFileSync(path, holder({ pid: process.pid, token: 'another' }));
  if (first.kind === 'found') await first.value.release();
  expect((await readLock(path))?.token).toBe('another');
});

it('is held by one process at a time, stale beginnings included', async () => {
  const folder = folderWith({ podium: holder({}), count: '0' });
  const players = Array.from({ length: 4 }, () => play(folder));
  expect(await Promise.all(players)).toStrictEqual([0, 0, 0, 0]);
  expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('40');
}, 60_000);

/** Counts to ten in a file, each step under the lock: two holders at once would lose steps. */
function play(folder: string): Promise<number | null> {
  const player = fork(new URL('../setting/player.ts', import.meta.url), [folder], {
    execArgv: ['--import', 'tsx', '--conditions=nx-pypi-source'],
    stdio: 'inherit',
  });
  return new Promise((resolve) => {
    player.once('exit', resolve);
  });
}
