import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { shell } from './shell.ts';

/** Pinned: the demo's output should not change by itself. */
const UV = 'uv==0.13.8';

/** A folder of executables with uv in it, made once in `.python/` of the project. Environments for builds come quicker with uv; without it venv and pip serve. */
export async function pythonTools(repository: string): Promise<string> {
  const folder = join(repository, '.python/tools');
  const bin = join(folder, 'bin');
  if (existsSync(join(bin, 'uv'))) return bin;
  mkdirSync(folder, { recursive: true });
  await shell('python3', ['-m', 'venv', folder], { cwd: repository, quiet: true });
  await shell(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', UV], { cwd: repository, quiet: true });
  return bin;
}
