import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { BuildEnd, ServerRequest } from './request.ts';

/** A Python process that has imported a backend and forks for every build. */
export interface ForkServer {
  readonly build: (request: ServerRequest) => Promise<BuildEnd>;
  /** Ends the process and every build in it; waits until it has gone. */
  readonly close: () => Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly end: 'exited' | 'signalled' | 'timed-out';
  readonly code: number;
  readonly log: string;
}

/** Time that a server is given to end after its stdin was closed, in milliseconds. */
const FAREWELL = 3_000;

/** Starts `script` under `python`; `env` is the whole environment of the server, `cwd` a neutral folder. */
export function startForkServer(
  python: string,
  script: string,
  options: { readonly env: Readonly<Record<string, string>>; readonly cwd: string },
): ForkServer {
  const child = spawn(python, ['-s', script, 'serve'], { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  const waiting = new Map<number, (end: BuildEnd) => void>();
  let next = 1;
  let lost: string | null = null;
  let stderr = '';

  function lose(reason: string): void {
    lost ??= reason;
    for (const resolve of waiting.values()) resolve({ kind: 'lost', reason: lost, log: stderr });
    waiting.clear();
  }

  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-64 * 1024);
  });
  child.stdin.on('error', () => undefined);
  child.once('error', (error) => lose(error.message));
  child.once('close', (code, signal) => lose(`the build server ended (${signal ?? `exit code ${code ?? 0}`})`));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    waiting.get(answer.id)?.(endOf(answer));
    waiting.delete(answer.id);
  });

  return {
    build: (request) =>
      new Promise((resolve) => {
        if (lost !== null) {
          resolve({ kind: 'lost', reason: lost, log: stderr });
          return;
        }
        const id = next++;
        waiting.set(id, resolve);
        child.stdin.write(`${JSON.stringify({ ...request, id })}\n`);
      }),
    close: () => end(child),
  };
}

function endOf(answer: Answer): BuildEnd {
  switch (answer.end) {
    case 'exited':
      return { kind: 'exited', code: answer.code, log: answer.log };
    case 'timed-out':
      return { kind: 'timed-out', log: answer.log };
    case 'signalled':
      return { kind: 'signalled', signal: signalName(answer.code), log: answer.log };
  }
}

function signalName(number: number): string {
  const named = Object.entries(constants.signals).find(([, value]) => value === number);
  return named?.[0] ?? `signal ${number}`;
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), FAREWELL);
    child.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    child.stdin?.end();
  });
}
