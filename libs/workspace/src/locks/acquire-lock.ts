import { randomUUID } from 'node:crypto';
import { link, mkdir, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Found } from '@nx-pypi/release';
import { HEARTBEAT, isStale, readLock, type LockHolder, type LockInfo } from './lock-file.ts';

export interface Lock {
  /** Frees the lock; a second call does nothing. */
  readonly release: () => Promise<void>;
}

export interface LockOptions {
  /** Seconds to wait for the holder; 0 (the default) does not wait, Infinity waits for ever. */
  readonly wait?: number;
  /** Called once, before the first wait. */
  readonly onWait?: (holder: LockHolder) => void;
}

const POLL = 50;
/** A takeover lasts milliseconds; a guard older than this was left by a process that died in it. */
const GUARD_STALE = 10_000;

/**
 * Takes the lock file at `path` for this process. Locks of processes that ended are taken over. A lock held by a living
 * process after the wait is NXPYPI_LOCKED. `info` can be read by others with `readLock`.
 */
export async function acquireLock(path: string, info: LockInfo, options: LockOptions = {}): Promise<Found<Lock>> {
  await mkdir(dirname(path), { recursive: true });
  const self: LockHolder = {
    pid: process.pid,
    host: hostname(),
    token: randomUUID(),
    since: new Date().toISOString(),
    info,
  };
  const deadline = Date.now() + (options.wait ?? 0) * 1000;
  let told = false;
  while (!(await tryTake(path, self))) {
    const holder = await readLock(path);
    if (await takeOver(path, holder)) continue;
    if (Date.now() >= deadline) return { kind: 'problem', problem: locked(path, holder) };
    if (!told && holder !== null) {
      told = true;
      options.onWait?.(holder);
    }
    await sleep(POLL);
  }
  return { kind: 'found', value: hold(path, self) };
}

/** A hard link appears with its whole content or not at all, unlike a file that is created and then written. */
async function tryTake(path: string, self: LockHolder): Promise<boolean> {
  const draft = `${path}.${self.token}`;
  try {
    await writeFile(draft, JSON.stringify(self), { flag: 'w' });
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes a stale lock. The guard keeps two waiters from removing it twice: the second would remove its successor. */
async function takeOver(path: string, seen: LockHolder | null): Promise<boolean> {
  if (seen === null ? !(await isOldGarbage(path)) : !(await isStale(path, seen))) return false;
  const guard = `${path}.takeover`;
  try {
    await writeFile(guard, String(process.pid), { flag: 'wx' });
  } catch {
    if ((await ageOf(guard)) > GUARD_STALE) await rm(guard, { force: true });
    return false;
  }
  try {
    const now = await readLock(path);
    if (now?.token === seen?.token) await rm(path, { force: true });
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

/** A file at the lock's place that no version of this function wrote. */
async function isOldGarbage(path: string): Promise<boolean> {
  return (await ageOf(path)) > GUARD_STALE;
}

async function ageOf(path: string): Promise<number> {
  return stat(path).then(
    (stats) => Date.now() - stats.mtimeMs,
    () => 0,
  );
}

function hold(path: string, self: LockHolder): Lock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT);
  heartbeat.unref();
  return {
    release: async () => {
      clearInterval(heartbeat);
      const holder = await readLock(path);
      if (holder?.token === self.token) await unlink(path).catch(() => undefined);
    },
  };
}

function locked(
  path: string,
  holder: LockHolder | null,
): { code: string; message: string; hint: string; where: string } {
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host} since ${holder.since}`;
  return {
    code: 'NXPYPI_LOCKED',
    message: `The lock is held by ${who}.`,
    hint: 'Wait until it has ended, or delete the lock file if that process is gone.',
    where: path,
  };
}
