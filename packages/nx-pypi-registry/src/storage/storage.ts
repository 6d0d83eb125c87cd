import { basename, join } from 'node:path';
import { rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { type Catalog, createCatalog, type PackageRow } from './catalog.ts';
import { moveDurably, writeDurably } from './durable-write.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import { type Layout, prepareLayout } from './layout.ts';
import { loadStorage } from './load.ts';
import { releaseLock, takeLock } from './lock.ts';
import { discard, type Received } from './receive.ts';
import type { FileRecord } from './record.ts';

/** What an upload says of a received file; ids, digests and places are the storage's to give. */
type NewFile = Omit<FileRecord, 'format' | 'id' | 'packageId' | 'size' | 'md5' | 'sha1' | 'blob' | 'removed'>;

type Stored =
  | { readonly kind: 'stored'; readonly record: FileRecord }
  | { readonly kind: 'file-name-taken'; readonly existing: FileRecord };

export interface Storage {
  readonly layout: Layout;
  readonly catalog: Catalog;
  /** Resolves once the file and its record would survive a crash. Uploads of one package version wait for each other. */
  readonly store: (file: NewFile, received: Received) => Promise<Stored>;
  /** Frees name and version at once. */
  readonly removeRow: (row: PackageRow) => Promise<void>;
  /** Hides the file; its name stays taken until the next start. */
  readonly removeFile: (file: FileRecord) => Promise<void>;
  /** Absolute path of a stored file. */
  readonly blobPath: (file: FileRecord) => string;
  /** Id of the file stored last; 0 in an empty storage. */
  readonly newestFile: () => number;
  readonly close: () => Promise<void>;
}

/** Opens a storage folder, made where it is missing. Throws where another living server uses it. */
export async function openStorage(root: string, normalize: (name: string) => string): Promise<Storage> {
  const layout = await prepareLayout(root);
  await takeLock(layout.lock);
  const loaded = await loadStorage(layout);
  const catalog = createCatalog(loaded.records, normalize);
  const inOrder = createKeyedQueue();
  let [fileId, packageId] = [loaded.highestFileId, loaded.highestPackageId];

  async function writeRecord(record: FileRecord): Promise<void> {
    const path = join(layout.records, `${record.id}.json`);
    await writeDurably(path, JSON.stringify(record), join(layout.incoming, randomUUID()));
  }

  async function store(file: NewFile, received: Received): Promise<Stored> {
    const row = catalog.row(file.projectId, file.name, file.version);
    const existing = row?.files.find((other) => other.filename === file.filename);
    if (existing !== undefined) {
      await discard(received.path);
      return { kind: 'file-name-taken', existing };
    }
    const { path, size, md5, sha1 } = received;
    const blob = basename(path);
    const ids = { id: (fileId += 1), packageId: row?.id ?? (packageId += 1) };
    const record: FileRecord = { format: 1, ...ids, ...file, size, md5, sha1, blob, removed: false };
    await moveDurably(path, join(layout.blobs, blob));
    await writeRecord(record);
    catalog.add(record);
    return { kind: 'stored', record };
  }

  return {
    layout,
    catalog,
    store: (file, received) => inOrder(keyOf(file), () => store(file, received)),
    removeRow: (row) =>
      inOrder(keyOf(row), async () => {
        await writeDurably(join(layout.tombstones, String(row.id)), '', join(layout.incoming, randomUUID()));
        const files = catalog.rowById(row.id)?.files ?? [];
        catalog.removeRow(row.id);
        for (const file of files) {
          await rm(join(layout.records, `${file.id}.json`), { force: true });
          await rm(join(layout.blobs, file.blob), { force: true });
        }
      }),
    removeFile: (file) =>
      inOrder(keyOf(file), async () => {
        await writeRecord({ ...file, removed: true });
        catalog.replace({ ...file, removed: true });
      }),
    blobPath: (file) => join(layout.blobs, file.blob),
    newestFile: () => fileId,
    close: () => releaseLock(layout.lock),
  };
}

function keyOf(row: { readonly projectId: number; readonly name: string; readonly version: string }): string {
  return JSON.stringify([row.projectId, row.name, row.version]);
}
