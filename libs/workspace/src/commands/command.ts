/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface CommandOptions {
  /** Absolute path. */
  readonly cwd: string;
  /** The whole environment of the child: nothing is inherited. */
  readonly env: Environment;
  /** The child and its process group are killed after so many seconds; no limit when absent. */
  readonly timeoutSeconds?: number;
  /** Bytes kept of each of stdout and stderr, 64 MiB when absent; what exceeds them is read and dropped. */
  readonly maxOutputBytes?: number;
  /** Written to the child's stdin, which is closed afterwards. */
  readonly input?: string;
}

export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'timed-out'; readonly seconds: number }
  /** The file does not exist or cannot be executed. */
  | { readonly kind: 'not-started'; readonly reason: string };

export interface CommandResult {
  /** True when it exited with 0. */
  readonly ok: boolean;
  readonly end: CommandEnd;
  /** Decoded as UTF-8; invalid bytes become U+FFFD. */
  readonly stdout: string;
  readonly stderr: string;
  /** True when output was dropped: what is kept is the beginning of stdout and the end of stderr. */
  readonly truncated: boolean;
}
