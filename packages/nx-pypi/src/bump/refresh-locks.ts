import { join } from 'node:path';
import { runCommand, type Environment } from '@nx-pypi/workspace';
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
    const options = { cwd: join(root, lock.folder), env, timeoutSeconds: PATIENCE_SECONDS };
    const result = await runCommand(lock.tool, lock.arguments, options);
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
