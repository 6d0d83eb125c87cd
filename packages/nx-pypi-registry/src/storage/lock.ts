import { readFile, rm, writeFile } from 'node:fs/promises';

/**
 * Marks a storage as used by this process. Throws where another living process holds it: two servers would sweep each
 * other's uploads away. A mark left behind by a killed server is taken over.
 */
export async function takeLock(path: string): Promise<void> {
  const holder = Number(await readFile(path, 'utf8').catch(() => ''));
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new Error(
      `The storage is in use by process ${holder} (${path}). Stop that registry, or choose another --storage folder.`,
    );
  }
  await writeFile(path, String(process.pid));
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
