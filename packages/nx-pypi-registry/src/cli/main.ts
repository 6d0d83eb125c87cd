import { parseArguments } from './arguments.ts';
import { compareServer } from './compare-server.ts';
import { help } from './help.ts';
import { serve } from './serve.ts';

/** What the commands need of the process that they run in. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Resolves when the user stops the process. */
  readonly stopped: () => Promise<void>;
}

/** Runs a command to its end. Returns the exit code: 0 fine, 1 differences or a failure, 2 unusable arguments. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args);
  switch (parsed.kind) {
    case 'help':
      terminal.out(help);
      return 0;
    case 'unusable':
      terminal.error(`${parsed.reason} nx-pypi-registry --help says more.\n`);
      return 2;
    case 'serve':
      return reportFailure(terminal, () => serve(parsed, terminal));
    case 'conformance':
      return reportFailure(terminal, () => compareServer(parsed, terminal));
  }
}

async function reportFailure(terminal: Terminal, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const { message, cause } = error as Error;
    terminal.error(`${message}${cause instanceof Error ? `: ${cause.message}` : ''}\n`);
    return 1;
  }
}
