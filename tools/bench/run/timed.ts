import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface TimedRun {
  readonly milliseconds: number;
  /** Of the process and all below it that were waited for, in milliseconds. */
  readonly cpu: number;
  /** The most that one of them held at a time, in MiB. */
  readonly memory: number;
  readonly stdout: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Node does not tell what its children used; Python does (`getrusage`, POSIX). Its own start is not counted. */
const script = `
import json, os, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.call(sys.argv[1:])
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 2**20 if sys.platform == 'darwin' else 2**10
os.write(3, json.dumps([wall * 1000, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / unit]).encode())
sys.exit(code)
`;

/** Runs a program to its end. Rejects with its output when it fails. */
export async function runTimed(words: readonly string[], { cwd, env = {} }: RunOptions): Promise<TimedRun> {
  const child = spawn('python3', ['-c', script, ...words], {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const texts = ['', '', '', ''];
  child.stdio.forEach((stream, index) => stream?.on('data', (chunk: Buffer) => (texts[index] += chunk.toString())));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [, stdout = '', stderr = '', figures = ''] = texts;
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  const [milliseconds = 0, cpu = 0, memory = 0] = JSON.parse(figures) as number[];
  return { milliseconds, cpu, memory, stdout };
}

/** As in a user's terminal, without what `npm run` adds, and with nothing that lives on after a command. */
export function cleanEnvironment(): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(npm_|CI$|NODE_OPTIONS$)/i.test(entry[0]),
  );
  return {
    ...Object.fromEntries(inherited),
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NO_COLOR: '1',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    ...profiling(),
  };
}

/** What `--profile` asks of every Node process; the folder is inherited. */
function profiling(): Readonly<Record<string, string>> {
  const asked = process.env['NX_PYPI_BENCH_PROFILES'] !== undefined;
  return asked ? { NODE_OPTIONS: `--require ${JSON.stringify(join(import.meta.dirname, 'profile-process.cjs'))}` } : {};
}
