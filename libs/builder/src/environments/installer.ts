import { join, parse } from 'node:path';
import type { CommandResult, Environment } from '@nx-pypi/workspace';
import { runCommand } from '@nx-pypi/workspace';
import type { Interpreter } from './interpreter.ts';

/** Who makes an environment: uv, the interpreter's own pip from outside, or a pip inside of the environment. */
export type Installer = 'uv' | 'outer-pip' | 'inner-pip';

export interface InstallJob {
  readonly installer: Installer;
  readonly interpreter: Interpreter;
  /** Absolute path of the folder to make; does not exist yet. */
  readonly folder: string;
  readonly requires: readonly string[];
  /** Absolute path, or null. */
  readonly constraintsFile: string | null;
  readonly env: Environment;
}

/** `pip --python` came with pip 22.3 (pip's news). */
export async function chooseInstaller(
  uv: 'auto' | false,
  interpreter: Interpreter,
  cwd: string,
  env: Environment,
): Promise<Installer> {
  if (uv === 'auto' && (await runCommand('uv', ['--version'], { cwd, env, timeoutSeconds: 30 })).ok) return 'uv';
  const [major = 0, minor = 0] = (interpreter.pip ?? '').split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 3) ? 'outer-pip' : 'inner-pip';
}

/** The environment's own interpreter. */
export function environmentPython(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** Makes the environment; the result is that of the step that failed, else of the last one. */
export async function install(job: InstallJob, timeoutSeconds: number): Promise<CommandResult> {
  const made = await step(job, venvCommand(job), timeoutSeconds);
  if (!made.ok || job.requires.length === 0) return made;
  return step(job, installCommand(job), timeoutSeconds);
}

/**
 * Runs at the root of the file system: uv follows the `[tool.uv]` and uv.toml of the folder that it runs in, or of one above (uv docs,
 * "Configuration files"), and a workspace means its indexes and overrides for what it installs, not for what builds it.
 */
function step(job: InstallJob, command: readonly string[], timeoutSeconds: number): Promise<CommandResult> {
  const [file = '', ...args] = command;
  return runCommand(file, args, { cwd: parse(job.folder).root, env: job.env, timeoutSeconds });
}

function venvCommand(job: InstallJob): readonly string[] {
  const python = job.interpreter.executable;
  switch (job.installer) {
    case 'uv':
      return ['uv', 'venv', '--quiet', '--no-project', '--python', python, job.folder];
    case 'outer-pip':
      return [python, '-m', 'venv', '--without-pip', job.folder];
    case 'inner-pip':
      return [python, '-m', 'venv', job.folder];
  }
}

function installCommand(job: InstallJob): readonly string[] {
  const python = environmentPython(job.folder);
  const constraints = job.constraintsFile === null ? [] : ['--constraint', job.constraintsFile];
  const what = [...constraints, '--', ...job.requires];
  switch (job.installer) {
    case 'uv':
      return ['uv', 'pip', 'install', '--quiet', '--compile-bytecode', '--python', python, ...what];
    case 'outer-pip':
      return [job.interpreter.executable, '-m', 'pip', '--python', python, 'install', '--quiet', ...what];
    case 'inner-pip':
      return [python, '-m', 'pip', 'install', '--quiet', ...what];
  }
}
