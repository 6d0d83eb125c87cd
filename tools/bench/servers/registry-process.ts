import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const repositoryRoot = join(import.meta.dirname, '../../..');

/** Accepted by every registry of the benchmark; they listen on loopback alone. */
export const token = 'bench-token';

export interface RegistryProcess {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** The embedded registry on a free port, in a process of its own: what it uses is not counted. Needs a build of packages/nx-pypi-registry. */
export async function startRegistryProcess(storage: string): Promise<RegistryProcess> {
  mkdirSync(storage, { recursive: true });
  const bin = join(repositoryRoot, 'packages/nx-pypi-registry/dist/bin.js');
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--storage', storage], {
    env: { ...process.env, NX_PYPI_TOKEN: token },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    let text = '';
    child.once('close', () => reject(new Error(`The registry ended before it was ready:\n${text}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      if (text.length < 10_000) text += chunk.toString();
      const found = /URL\s+http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
  });
  return {
    port,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Where clients of a registry on that port upload to and read from. */
export function registryUrls(port: number): { readonly base: string; readonly upload: string; readonly index: string } {
  const base = `http://127.0.0.1:${port}`;
  return {
    base,
    upload: `${base}/api/v4/projects/1/packages/pypi`,
    index: `${base}/api/v4/groups/1/-/packages/pypi/simple/`,
  };
}
