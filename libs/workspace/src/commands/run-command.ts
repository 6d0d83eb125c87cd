import { spawn, type ChildProcess } from 'node:child_process';
import { boundedOutput } from './bounded-output.ts';
import type { CommandEnd, CommandOptions, CommandResult } from './command.ts';
import { killAtExit, killGroup } from './process-group.ts';

/** Time that pipes held open by stray grandchildren are given after the child itself has ended. */
const DRAIN_MILLISECONDS = 500;

/** Runs a file with arguments, without a shell, in a process group of its own. Never rejects. */
export function runCommand(file: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const stdout = boundedOutput('start', options.maxOutputBytes);
  const stderr = boundedOutput('end', options.maxOutputBytes);

  function result(end: CommandEnd): CommandResult {
    return {
      ok: end.kind === 'exited' && end.code === 0,
      end,
      stdout: stdout.text(),
      stderr: stderr.text(),
      truncated: stdout.truncated() || stderr.truncated(),
    };
  }

  const child = start(file, args, options);
  if ('reason' in child) return Promise.resolve(result({ kind: 'not-started', reason: child.reason }));
  child.stdout?.on('data', (chunk: Buffer) => stdout.add(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.add(chunk));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.input ?? '');
  return untilEnd(child, options.timeoutSeconds).then(result);
}

function untilEnd(child: ChildProcess, timeoutSeconds: number | undefined): Promise<CommandEnd> {
  return new Promise((resolve) => {
    let timedOut: number | null = null;
    const forget = killAtExit(child);
    const timer =
      timeoutSeconds === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = timeoutSeconds;
            killGroup(child);
          }, timeoutSeconds * 1000);

    function finish(end: CommandEnd): void {
      clearTimeout(timer);
      forget();
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(end);
    }

    child.once('error', (error) => finish({ kind: 'not-started', reason: error.message }));
    child.once('exit', (code, signal) => {
      const end = endOf(code, signal, timedOut);
      const drained = setTimeout(() => finish(end), DRAIN_MILLISECONDS);
      child.once('close', () => {
        clearTimeout(drained);
        finish(end);
      });
    });
  });
}

function start(
  file: string,
  args: readonly string[],
  options: CommandOptions,
): ChildProcess | { readonly reason: string } {
  try {
    return spawn(file, [...args], {
      cwd: options.cwd,
      env: { ...options.env },
      shell: false,
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

function endOf(code: number | null, signal: string | null, timeout: number | null): CommandEnd {
  if (timeout !== null) return { kind: 'timed-out', seconds: timeout };
  if (code !== null) return { kind: 'exited', code };
  return { kind: 'signalled', signal: signal ?? 'unknown' };
}
