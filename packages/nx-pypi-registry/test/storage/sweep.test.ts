import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOnPage, read, rest, start, temporaryFolder, upload } from '../start.ts';

describe('a restart', () => {
  test('keeps packages, their ids and what REST says of them', async () => {
    const storage = await temporaryFolder();
    const first = await start({ storage });
    await upload(first, { fields: { requires_python: '>=3.9' } });
    await upload(first, { filename: 'tuba-1.0.whl' });
    const [page, list] = await Promise.all([
      filesOnPage(first, 'tuba'),
      rest(first, '/projects/9/packages').then((response) => response.json()),
    ]);
    await first.close();

    const second = await start({ storage });
    expect(await filesOnPage(second, 'tuba')).toEqual(page);
    expect(await (await rest(second, '/projects/9/packages')).json()).toMatchObject(list as object[]);
    expect((await upload(second)).status).toBe(400);
    expect((await upload(second, { version: '1.1' })).status).toBe(201);
    const ids = (await (await rest(second, '/projects/9/packages')).json()) as { id: number }[];
    expect(ids.map(({ id }) => id)).toEqual([1, 2]);
  });

  test('does not bring deleted packages back, nor give their ids to others', async () => {
    const storage = await temporaryFolder();
    const first = await start({ storage });
    await upload(first);
    const url = `${first.url}/api/v4/projects/9/packages/1`;
    expect((await fetch(url, { method: 'DELETE', headers: { 'PRIVATE-TOKEN': 'max-token' } })).status).toBe(204);
    await first.close();
    const second = await start({ storage });
    expect(await filesOnPage(second, 'tuba')).toEqual([]);
    await upload(second);
    expect(await (await rest(second, '/projects/9/packages')).json()).toMatchObject([{ id: 2 }]);
  });

  test('sweeps what a crash left behind', async () => {
    const storage = await temporaryFolder();
    const first = await start({ storage });
    await upload(first);
    await upload(first, { name: 'viola' });
    await first.close();
    const [tuba, viola] = await Promise.all([1, 2].map((id) => recordOf(storage, id)));
    await writeFile(join(storage, 'incoming', 'half-an-upload'), 'the tu');
    await writeFile(join(storage, 'blobs', 'renamed-but-never-recorded'), 'the cello part');
    await rm(join(storage, 'blobs', viola?.blob ?? ''));
    // The crash came after the tombstone of a deletion, before its files were removed.
    await writeFile(join(storage, 'tombstones', String(tuba?.packageId)), '');

    const second = await start({ storage });
    expect(await (await rest(second, '/projects/9/packages')).json()).toEqual([]);
    for (const folder of ['incoming', 'blobs', 'records']) expect(await readdir(join(storage, folder))).toEqual([]);
  });

  test('hides the storage from git', async () => {
    const storage = await temporaryFolder();
    await start({ storage: join(storage, 'new', 'folder') });
    expect(await readFile(join(storage, 'new', 'folder', '.gitignore'), 'utf8')).toBe('*\n');
  });
});

describe('a refused or broken upload', () => {
  test('leaves nothing on disk', async () => {
    const storage = await temporaryFolder();
    const registry = await start({ storage, features: { maxFileSize: 100 } });
    await upload(registry);
    expect((await upload(registry)).status).toBe(400);
    expect((await upload(registry, { version: 'none' })).status).toBe(400);
    expect((await upload(registry, { content: 'x'.repeat(101), filename: 'large' })).status).toBe(400);
    await expect(brokenOff(registry.url)).rejects.toThrow('This operation was aborted');
    await expect.poll(() => registry.requests.at(-1)).toMatchObject({ method: 'POST', status: 0 });
    await expect.poll(() => readdir(join(storage, 'incoming'))).toEqual([]);
    expect(await readdir(join(storage, 'blobs'))).toHaveLength(1);
    expect(await filesOnPage(registry, 'tuba')).toEqual(['tuba-1.0.tar.gz']);
  });

  test('that the disk refuses is a 500, not a 201', async () => {
    const storage = await temporaryFolder();
    const registry = await start({ storage });
    await rm(join(storage, 'incoming'), { recursive: true });
    expect((await upload(registry)).status).toBe(500);
    await mkdir(join(storage, 'incoming'));
    expect(await filesOnPage(registry, 'tuba')).toEqual([]);
    expect((await upload(registry)).status).toBe(201);
  });
});

test('1 500 packages are read back fast', async () => {
  const storage = await temporaryFolder();
  const first = await start({ storage });
  await upload(first, { name: 'tuba-0' });
  await first.close();
  const record = await recordOf(storage, 1);
  const bytes = await readFile(join(storage, 'blobs', record?.blob ?? ''));
  for (let id = 2; id <= 1500; id += 1) {
    const copy = { ...record, id, packageId: id, name: `tuba-${id}`, blob: `blob-${id}` };
    await writeFile(join(storage, 'records', `${id}.json`), JSON.stringify(copy));
    await writeFile(join(storage, 'blobs', `blob-${id}`), bytes);
  }
  const second = await start({ storage });
  const started = performance.now();
  for (let id = 2; id <= 201; id += 1) {
    expect((await read(second, `/groups/7/-/packages/pypi/simple/tuba-${id}/`)).status).toBe(200);
  }
  expect((performance.now() - started) / 200).toBeLessThan(20);
});

async function recordOf(
  storage: string,
  id: number,
): Promise<{ readonly blob: string; readonly packageId: number } | null> {
  const text = await readFile(join(storage, 'records', `${id}.json`), 'utf8');
  return JSON.parse(text) as { blob: string; packageId: number };
}

/** Sends the beginning of a form and leaves. */
async function brokenOff(url: string): Promise<void> {
  const beginning = '--x\r\nContent-Disposition: form-data; name="content"; filename="viola.whl"\r\n\r\nthe vi';
  const body = new ReadableStream({ start: (sender) => sender.enqueue(Buffer.from(beginning)) });
  const leaving = new AbortController();
  setTimeout(() => leaving.abort(), 100);
  const headers = {
    'Content-Type': 'multipart/form-data; boundary=x',
    Authorization: `Basic ${Buffer.from('x:dora-token').toString('base64')}`,
  };
  const options = { method: 'POST', body, headers, signal: leaving.signal, duplex: 'half' as const };
  await fetch(`${url}/api/v4/projects/9/packages/pypi`, options);
}
