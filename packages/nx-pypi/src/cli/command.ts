import type { Screen } from '../report/live/live-view.ts';

/** What a command may touch besides its arguments. */
export interface Terminal {
  /** Absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** The terminal that `error` writes to; absent where it is none. */
  readonly screen?: Screen;
  /** Asks a person for a line; absent where nobody could answer. */
  readonly ask?: (question: string) => Promise<string>;
}

/** One word after `nx-pypi`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Lines for `nx-pypi NAME --help`. */
  readonly usage: readonly string[];
  /** Resolves to the exit code: 0 only when all is as asked. Throws `UsageError` for words it does not know. */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}

/** The words of a call are off. */
export class UsageError extends Error {}
