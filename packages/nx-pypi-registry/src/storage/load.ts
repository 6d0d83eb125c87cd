import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layout } from './layout.ts';
import type { FileRecord } from './record.ts';

/** What a storage holds at the start, after the sweep. */
export interface Loaded {
  /** By id, oldest first. */
  readonly records: readonly FileRecord[];
  readonly highestFileId: number;
  readonly highestPackageId: number;
}

/**
 * Sweeps what a crash or a deletion left behind (half uploads, files without a record, records of deleted packages or of
 * vanished files), and reads the rest.
 */
export async function loadStorage(layout: Layout): Promise<Loaded> {
  const ids = (await readdir(layout.tombstones)).map(Number);
  const tombstones = new Set(ids);
  const all = await readRecords(layout);
  const whole = await inGroups(all, 64, (record) => hasBlob(layout, record));
  const kept = all.filter((record, index) => {
    return whole[index] === true && !record.removed && !tombstones.has(record.packageId);
  });
  await keepOnly(layout.records, new Set(kept.map((record) => `${record.id}.json`)));
  await keepOnly(layout.blobs, new Set(kept.map((record) => record.blob)));
  await keepOnly(layout.incoming, new Set());
  return {
    records: kept.sort((a, b) => a.id - b.id),
    highestFileId: all.reduce((highest, record) => Math.max(highest, record.id), 0),
    highestPackageId: Math.max(0, ...ids, ...all.map((record) => record.packageId)),
  };
}

async function readRecords(layout: Layout): Promise<readonly FileRecord[]> {
  const names = (await readdir(layout.records)).filter((name) => name.endsWith('.json'));
  const texts = await inGroups(names, 64, (name) => readFile(join(layout.records, name), 'utf8'));
  return texts.map((text) => JSON.parse(text) as FileRecord);
}

async function hasBlob(layout: Layout, record: FileRecord): Promise<boolean> {
  const found = await stat(join(layout.blobs, record.blob)).catch(() => null);
  return found !== null && found.size === record.size;
}

async function keepOnly(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!kept.has(name)) await rm(join(folder, name), { force: true });
  }
}

/** As `Promise.all`, with at most `size` at a time, so that thousands of records do not use up the open files. */
async function inGroups<In, Out>(
  items: readonly In[],
  size: number,
  work: (item: In) => Promise<Out>,
): Promise<readonly Out[]> {
  const results: Out[] = [];
  for (let start = 0; start < items.length; start += size) {
    results.push(...(await Promise.all(items.slice(start, start + size).map(work))));
  }
  return results;
}
