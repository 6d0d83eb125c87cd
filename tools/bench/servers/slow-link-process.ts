import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SlowLink } from './slow-link.ts';

const tsx = pathToFileURL(join(import.meta.dirname, '../../../node_modules/tsx/dist/esm/index.mjs')).href;
const script = join(import.meta.dirname, 'serve-slow-link.ts');

/** As `openSlowLink`, in a process of its own: it does not slow down a client that is measured in this one. */
export async function startSlowLinkProcess(target: number, roundTrip: number): Promise<SlowLink> {
  const child = spawn(process.execPath, ['--import', tsx, script, String(target), String(roundTrip)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('close', () => reject(new Error('the slow link ended before it was ready')));
    child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  return {
    port,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
