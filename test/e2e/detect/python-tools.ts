import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { acquireLock } from '@nx-pypi/workspace';
import type { RunningRegistry } from 'nx-pypi-registry';
import { TOKEN } from '../publish/theatre.ts';

const run = promisify(execFile);

/** What people publish with. */
const TOOLS = ['twine', 'uv', 'poetry', 'pyproject-build'];
const PINS = ['twine==6.2.0', 'uv==0.13.8', 'poetry==2.5.1', 'build==1.6.1'];

/** Absolute path of a folder with the commands of `TOOLS`, made when none is there. */
export async function pythonTools(): Promise<string> {
  for (const folder of ['clients', 'publishers']) if (isComplete(bin(folder))) return bin(folder);
  const folder = resolve('.python/publishers');
  const lock = await acquireLock(`${folder}.lock`, { what: 'tools of the tests' }, { wait: 600 });
  if (lock.kind === 'problem') throw new Error(lock.problem.message);
  try {
    if (isComplete(bin('publishers'))) return bin('publishers');
    await run('python3', ['-m', 'venv', folder]);
    await run(join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', ...PINS]);
    return bin('publishers');
  } finally {
    await lock.value.release();
  }
}

function bin(folder: string): string {
  return resolve('.python', folder, 'bin');
}

function isComplete(folder: string): boolean {
  return TOOLS.every((tool) => existsSync(join(folder, tool)));
}

/** Runs a tool as its users do; rejects with what it printed. */
export async function play(
  tool: 'uv' | 'poetry' | 'pyproject-build' | 'twine',
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<void> {
  const folder = await pythonTools();
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, ...options.env };
  await run(join(folder, tool), args, { cwd: options.cwd, env, maxBuffer: 64 * 1024 * 1024 });
}

/** `uv publish` of files, which takes newer metadata than twine knows; paths relative to `cwd`. */
export function uvPublish(files: readonly string[], cwd: string, registry: RunningRegistry): Promise<void> {
  const secret = { UV_PUBLISH_USERNAME: 'conductor', UV_PUBLISH_PASSWORD: TOKEN };
  return play('uv', ['publish', '--quiet', '--publish-url', uploadUrl(registry), ...files], { cwd, env: secret });
}

function uploadUrl(registry: RunningRegistry): string {
  return `${registry.url}/api/v4/projects/local%2Fpackages/packages/pypi`;
}

/** `twine upload` of files, paths relative to `cwd`. */
export function twine(files: readonly string[], cwd: string, registry: RunningRegistry): Promise<void> {
  const secret = { TWINE_USERNAME: 'conductor', TWINE_PASSWORD: TOKEN };
  return play('twine', ['upload', '--disable-progress-bar', '--repository-url', uploadUrl(registry), ...files], {
    cwd,
    env: secret,
  });
}

/** `poetry publish` of what `dist` holds of the package at `cwd`. */
export function poetryPublish(cwd: string, dist: string, registry: RunningRegistry): Promise<void> {
  const secret = { POETRY_HTTP_BASIC_HALL_USERNAME: 'conductor', POETRY_HTTP_BASIC_HALL_PASSWORD: TOKEN };
  const env = { POETRY_REPOSITORIES_HALL_URL: uploadUrl(registry), ...secret };
  return play('poetry', ['publish', '--quiet', '--repository', 'hall', '--dist-dir', dist], { cwd, env });
}
