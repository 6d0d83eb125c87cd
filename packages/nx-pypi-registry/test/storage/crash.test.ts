import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { basic, filesOnPage, read, start, temporaryFolder, upload } from '../start.ts';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const program = fileURLToPath(new URL('server-process.ts', import.meta.url));

interface Sent {
  readonly sha256: string;
  answered: boolean;
}

test('a server killed at any moment has everything whole that it answered with 201, and nothing half', async () => {
  const storage = await temporaryFolder();
  const sent = new Map<string, Sent>();
  for (let round = 0; round < 5; round += 1) {
    const [child, url] = await startChild(storage);
    const gone = new AbortController();
    child.once('exit', () => gone.abort());
    const working = [0, 1, 2].map((worker) => keepUploading(url, `${round}-${worker}`, { sent, gone: gone.signal }));
    await expect.poll(() => answeredIn(sent, round), { timeout: 30_000 }).toBeGreaterThan(0);
    await sleep(randomInt(300));
    child.kill('SIGKILL');
    await Promise.all([once(child, 'exit'), ...working]);
  }
  const answered = [...sent].filter(([, file]) => file.answered).map(([filename]) => filename);
  expect(answered.length).toBeGreaterThanOrEqual(5);

  const registry = await start({ storage });
  const shown = await filesOnPage(registry, 'tuba');
  expect(shown).toEqual(expect.arrayContaining(answered));
  const page = await (await read(registry, '/projects/9/packages/pypi/simple/tuba/')).text();
  const links = [...page.matchAll(/href="([^"#]+)#sha256=([0-9a-f]{64})"[^>]*>([^<]+)</g)];
  expect(links).toHaveLength(shown.length);
  for (const [, href = '', sha256, filename = ''] of links) {
    const bytes = Buffer.from(await (await fetch(href, { headers: basic('dora-token') })).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(sent.get(filename)?.sha256).toBe(sha256);
  }
  expect(await readdir(join(storage, 'incoming'))).toEqual([]);
  expect(await readdir(join(storage, 'blobs'))).toHaveLength(shown.length);
  expect(await readdir(join(storage, 'records'))).toHaveLength(shown.length);
}, 120_000);

test('a storage is not shared by two living servers', async () => {
  const storage = await temporaryFolder();
  const [child] = await startChild(storage);
  await expect(start({ storage })).rejects.toThrow(`The storage is in use by process ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const registry = await start({ storage });
  await expect(start({ storage })).rejects.toThrow(`The storage is in use by process ${process.pid}`);
  await registry.close();
  await start({ storage });
}, 60_000);

/** How many of a round's uploads were answered with 201. */
function answeredIn(sent: ReadonlyMap<string, Sent>, round: number): number {
  return [...sent].filter(([filename, file]) => filename.startsWith(`tuba-${round}-`) && file.answered).length;
}

async function startChild(storage: string): Promise<readonly [ChildProcess, string]> {
  const child = spawn(process.execPath, ['--import', tsx, program, storage], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code, signal) => reject(new Error(`The server ended before it ran: ${code} ${signal}`)));
  });
  return [child, url];
}

/** Until the server is gone: uploads one file after another, small ones and ones of a megabyte. */
async function keepUploading(
  url: string,
  worker: string,
  { sent, gone }: { readonly sent: Map<string, Sent>; readonly gone: AbortSignal },
): Promise<void> {
  for (let number = 0; !gone.aborted; number += 1) {
    const content = randomBytes(number % 2 === 0 ? 1_000_000 : 1000);
    const filename = `tuba-${worker}-${number}.whl`;
    const file: Sent = { sha256: createHash('sha256').update(content).digest('hex'), answered: false };
    sent.set(filename, file);
    try {
      const response = await upload({ url }, { filename, content, version: `${number % 3}.0`, signal: gone });
      file.answered = response.status === 201;
    } catch {
      return;
    }
  }
}
