import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { acquireLock } from '@nx-pypi/workspace';
import { play } from '../detect/python-tools.ts';

/** PDM asks for no upper limits of what it needs, and today's newest of these no longer start. */
const PINS = ['pdm==2.22.4', 'hishel==0.0.33', 'httpx==0.27.2', 'unearth==0.17.5'];

const folder = resolve('.python/pdm');

/** Absolute path of a folder with PDM's command, made when it is not there. */
export async function pdmTool(): Promise<string> {
  const bin = join(folder, 'bin');
  const command = join(bin, 'pdm');
  const lock = await acquireLock(`${folder}.lock`, { what: 'PDM' }, { wait: 600 });
  if (lock.kind === 'problem') throw new Error(lock.problem.message);
  try {
    if (existsSync(command)) return bin;
    await play('uv', ['venv', '--quiet', '--clear', folder], { cwd: resolve('.') });
    await play('uv', ['pip', 'install', '--quiet', '--python', join(bin, 'python'), ...PINS], { cwd: resolve('.') });
    return bin;
  } finally {
    await lock.value.release();
  }
}

/** Runs PDM in a folder of a workspace; rejects with what it printed. */
export async function pdm(args: readonly string[], cwd: string): Promise<void> {
  const env = { ...process.env, PDM_USE_VENV: '0', PDM_CHECK_UPDATE: '0' };
  await promisify(execFile)(join(await pdmTool(), 'pdm'), args, { cwd, env });
}
