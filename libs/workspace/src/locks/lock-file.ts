import { readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';

/** What the holder tells others; plain JSON. */
export type LockInfo = Readonly<Record<string, string | number | boolean | null>>;

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Unique per acquisition. */
  readonly token: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly info: LockInfo;
}

/** A holder renews its file's time this often, in milliseconds. */
export const HEARTBEAT: number = 5_000;
/** Without renewal: another machine's lock is given up after a minute, one of a living process here after ten (its pid was reused). */
const STALE_ELSEWHERE = 60_000;
const STALE_HERE = 600_000;

/** Who holds the lock; null when nobody does or the file is not a lock. */
export async function readLock(path: string): Promise<LockHolder | null> {
  try {
    const holder: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isHolder(holder) ? holder : null;
  } catch {
    return null;
  }
}

/** True when the holder has ended without releasing. */
export async function isStale(path: string, holder: LockHolder): Promise<boolean> {
  const here = holder.host === hostname();
  if (here && !isAlive(holder.pid)) return true;
  const age = await stat(path).then(
    (stats) => Date.now() - stats.mtimeMs,
    () => 0,
  );
  return age > (here ? STALE_HERE : STALE_ELSEWHERE);
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false;
  const holder = value as Partial<Record<keyof LockHolder, unknown>>;
  return (
    typeof holder.pid === 'number' &&
    typeof holder.host === 'string' &&
    typeof holder.token === 'string' &&
    typeof holder.info === 'object'
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
