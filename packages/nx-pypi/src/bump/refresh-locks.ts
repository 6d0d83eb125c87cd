import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, type CommandResult, type Environment } from '@nx-pypi/workspace';
import { lockCommand, type StaleLock } from './lock-files.ts';

export interface RefreshedLocks {
  /** Files that their tool brought up to date. */
  readonly refreshed: readonly string[];
  /** What a person has to run or to look at, as lines. */
  readonly lines: readonly string[];
  /** False when a tool was there and failed. */
  readonly ok: boolean;
}

/** Minutes suffice for resolving; a tool that asks a dead index would wait for ever. */
const PATIENCE_SECONDS = 300;

/** Lets every lock file be refreshed by its own tool; where the tool is not installed, says what to run. */
export async function refreshLocks(
  root: string,
  locks: readonly StaleLock[],
  env: Environment,
): Promise<RefreshedLocks> {
  const refreshed: string[] = [];
  const lines: string[] = [];
  let ok = true;
  for (const lock of locks) {
    const result = await refresh(root, lock, env);
    if (result.ok) {
      refreshed.push(lock.file);
    } else if (result.end.kind === 'not-started') {
      lines.push(`${lock.file} is out of date, and ${lock.tool} is not installed here; run: ${lockCommand(lock)}`);
    } else {
      ok = false;
      const said = result.stderr.trim().split('\n').slice(-3).join('\n  ');
      lines.push(`${lock.file} is out of date, and ${lock.tool} failed; run: ${lockCommand(lock)}\n  ${said}`);
    }
  }
  return { refreshed, lines, ok };
}

async function refresh(root: string, lock: StaleLock, env: Environment): Promise<CommandResult> {
  const cwd = join(root, lock.folder);
  const options = { cwd, env, timeoutSeconds: PATIENCE_SECONDS };
  if (lock.tool === 'pdm') return withoutTraces(cwd, () => runCommand('pdm', lock.arguments, pdmOptions(options)));
  const words = lock.tool === 'poetry' ? await poetryArguments(options) : lock.arguments;
  return runCommand(lock.tool, words, options);
}

interface ToolOptions {
  readonly cwd: string;
  readonly env: Environment;
  readonly timeoutSeconds: number;
}

/** Poetry 1 updates everything unless it is told not to, and Poetry 2 no longer knows the word (its change log, 2.0.0). */
async function poetryArguments(options: ToolOptions): Promise<readonly string[]> {
  const { stdout } = await runCommand('poetry', ['--version'], options);
  return /version 1\./.test(stdout) ? ['lock', '--no-update'] : ['lock'];
}

/** Locking needs no virtual environment (PDM, "Configurations": python.use_venv). */
function pdmOptions(options: ToolOptions): ToolOptions {
  return { ...options, env: { ...options.env, PDM_USE_VENV: '0', PDM_CHECK_UPDATE: '0' } };
}

/** PDM notes the interpreter that it took, which is nobody's choice, in `.pdm-python`. */
async function withoutTraces(folder: string, run: () => Promise<CommandResult>): Promise<CommandResult> {
  const note = join(folder, '.pdm-python');
  const chosen = existsSync(note);
  const result = await run();
  if (!chosen) await rm(note, { force: true });
  return result;
}
