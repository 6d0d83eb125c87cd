import { readFile, rm, writeFile } from 'node:fs/promises';

/** This process, told apart from an earlier one with the same id, as containers often have it. */
const self = `${process.pid} ${performance.timeOrigin}`;

/**
 * Marks a storage as used by this process. Throws where a living process holds it: two servers would sweep each other's
 * uploads away. A mark left behind by a killed server is taken over.
 */
export async function takeLock(path: string): Promise<void> {
  const holder = await readFile(path, 'utf8').catch(() => '');
  const pid = Number.parseInt(holder, 10);
  if (holder === self || (pid > 0 && pid !== process.pid && isAlive(pid))) {
    throw new Error(
      `The storage is in use by process ${pid} (${path}). Stop that registry, or choose another storage folder; if that process is no registry, delete the file.`,
    );
  }
  await writeFile(path, self);
}

/** Gives the storage free for the next server. */
export async function releaseLock(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** EPERM means that the process is there and is someone else's. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
