import { parse, TomlError } from 'smol-toml';
import type { TomlTable } from './query.ts';

export type TomlReading =
  | { readonly kind: 'toml'; readonly table: TomlTable }
  /** `line` counts from 1; `message` is one sentence without its full stop. */
  | { readonly kind: 'error'; readonly message: string; readonly line: number };

const REMEMBERED = 32;
const remembered = new Map<string, TomlReading>();

/** Reads TOML 1.1 text, with or without a byte order mark. Integers beyond 2^53 become bigints. Never throws. */
export function readToml(content: string): TomlReading {
  const known = remembered.get(content);
  if (known !== undefined) {
    return known;
  }
  const reading = parseToml(content);
  if (remembered.size >= REMEMBERED) {
    remembered.clear();
  }
  remembered.set(content, reading);
  return reading;
}

function parseToml(content: string): TomlReading {
  try {
    const table = parse(content, { integersAsBigInt: 'asNeeded' });
    return { kind: 'toml', table };
  } catch (error) {
    if (error instanceof TomlError) {
      return { kind: 'error', message: firstLine(error.message), line: error.line };
    }
    return { kind: 'error', message: error instanceof Error ? firstLine(error.message) : String(error), line: 1 };
  }
}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document: /, '').trim();
}
