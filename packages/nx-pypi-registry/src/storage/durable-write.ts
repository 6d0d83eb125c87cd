import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a small file so that after any crash it is there whole or not at all: a temporary file, fsync, rename, fsync of
 * the folder. `temporary` lies on the same file system.
 */
export async function writeDurably(path: string, text: string, temporary: string): Promise<void> {
  await using(await open(temporary, 'wx'), async (file) => {
    await file.writeFile(text);
    await file.sync();
  });
  await moveDurably(temporary, path);
}

/** Renames a file that was already synced, and makes the new name durable. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
}

/** Windows cannot open a folder, and has no need to. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using(await open(path, 'r'), (folder) => folder.sync());
}

async function using(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(file);
  } finally {
    await file.close();
  }
}
