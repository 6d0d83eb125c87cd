import { spawn, type ChildProcess } from 'node:child_process';

export interface ShellOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Shown instead of the command's own words. */
  readonly shownAs?: string;
  /** Print the output only when the command fails. */
  readonly quiet?: boolean;
}

/** The environment of every command of the demo: as in a user's terminal, without what `npm run` and CI add. */
export function demoEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'CI' && !/^npm_/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    ...extra,
  };
}

/** Runs one command and waits; its output goes through as it comes. Rejects with the output when it fails. */
export async function shell(file: string, args: readonly string[], options: ShellOptions): Promise<string> {
  if (options.quiet !== true) console.log(`\n$ ${options.shownAs ?? [file, ...args].join(' ')}`);
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: demoEnvironment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
    if (options.quiet !== true) process.stdout.write(chunk);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  if (code !== 0)
    throw new Error(`${[file, ...args].join(' ')} ended with ${code}${options.quiet === true ? `:\n${output}` : ''}`);
  return output;
}

export interface Background {
  readonly child: ChildProcess;
  /** Everything printed until the first line that matched. */
  readonly text: string;
  readonly stop: () => Promise<void>;
}

/** Starts a command that keeps running, and waits until it prints a line that matches. */
export async function background(
  file: string,
  args: readonly string[],
  options: ShellOptions & { readonly until: RegExp },
): Promise<Background> {
  console.log(`\n$ ${options.shownAs ?? [file, ...args].join(' ')} &`);
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: demoEnvironment(options.env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`${file} ended with ${code ?? 'a signal'} before it was ready:\n${text}`)),
    );
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      process.stdout.write(chunk);
      if (options.until.test(text)) resolve();
    });
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  return {
    child,
    text,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
