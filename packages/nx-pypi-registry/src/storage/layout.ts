import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folders of a storage. All lie on one file system, so that a rename is atomic. */
export interface Layout {
  readonly root: string;
  /** Half-received uploads; emptied at every start. */
  readonly incoming: string;
  readonly blobs: string;
  readonly records: string;
  /** One empty file per deleted package row, named by its id. */
  readonly tombstones: string;
  /** Holds the process id of the server that uses the storage. */
  readonly lock: string;
}

/** Makes the folders where they are missing, and hides them from git (and so from Nx). */
export async function prepareLayout(root: string): Promise<Layout> {
  const layout: Layout = {
    root,
    incoming: join(root, 'incoming'),
    blobs: join(root, 'blobs'),
    records: join(root, 'records'),
    tombstones: join(root, 'tombstones'),
    lock: join(root, 'server.pid'),
  };
  for (const folder of [layout.incoming, layout.blobs, layout.records, layout.tombstones]) {
    await mkdir(folder, { recursive: true });
  }
  await writeFile(join(root, '.gitignore'), '*\n');
  return layout;
}
