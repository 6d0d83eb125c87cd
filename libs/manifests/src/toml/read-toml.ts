import { parse } from 'smol-toml';
import type { TomlTable } from './query.ts';

export type TomlReading =
  | { readonly kind: 'toml'; readonly table: TomlTable }
  /** `line` counts from 1; `message` is one sentence without its full stop. */
  | { readonly kind: 'error'; readonly message: string; readonly line: number };

/** Reads TOML 1.1 text, with or without a byte order mark. Integers beyond 2^53 become bigints. Never throws. */
export function readToml(content: string): TomlReading {
  const at = latest.findIndex((known) => known.content === content);
  const [known] = at < 0 ? [] : latest.splice(at, 1);
  const now = known ?? { content, reading: parseToml(content) };
  latest.unshift(now);
  if (latest.length > MOST) latest.pop();
  return now.reading;
}

/** Several dialects ask for the same document, and every member of a workspace for that of its root: latest first. */
const latest: { readonly content: string; readonly reading: TomlReading }[] = [];
const MOST = 8;

/** The same without a memory. */
export function parseToml(content: string): TomlReading {
  try {
    const table = parse(content, { integersAsBigInt: 'asNeeded' });
    return { kind: 'toml', table };
  } catch (error) {
    const message = error instanceof Error ? firstLine(error.message) : String(error);
    const line = error instanceof Error && 'line' in error && typeof error.line === 'number' ? error.line : 1;
    return { kind: 'error', message, line };
  }
}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document: /, '').trim();
}
