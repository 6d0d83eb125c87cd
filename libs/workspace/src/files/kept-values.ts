import { readFileSync } from 'node:fs';
import type { JsonCache } from './json-cache.ts';
import { writeFileAtomic } from './write-file-atomic.ts';

/** JSON values in one file, for thousands of small ones that most runs all need. */
export interface KeptValues extends JsonCache {
  /** Writes what is new beside what other processes wrote meanwhile. A disk that is full costs the entries, not the run. */
  readonly save: () => Promise<void>;
}

/**
 * Values in `file`, an absolute path, which is read when a value is first asked for. `question` names what the values depend on beside
 * their keys: a file that was written under another one is taken for empty. Of more than `limit` values the oldest are dropped.
 */
export function keptValues(file: string, question: string, limit: number): KeptValues {
  const fresh = new Map<string, unknown>();
  let before: ReadonlyMap<string, unknown> | null = null;
  return {
    read: (key) => {
      before ??= readKept(file, question);
      return Promise.resolve(fresh.has(key) ? fresh.get(key) : before.get(key));
    },
    write: (key, value) => {
      fresh.set(key, value);
      return Promise.resolve();
    },
    save: async () => {
      if (fresh.size === 0) return;
      const others = [...readKept(file, question)].filter(([key]) => !fresh.has(key));
      const values = [...others, ...fresh].slice(-limit);
      await writeFileAtomic(file, JSON.stringify({ question, values })).catch(() => undefined);
    },
  };
}

/** Empty where there is none, or none that can be read. */
function readKept(file: string, question: string): ReadonlyMap<string, unknown> {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { question: unknown; values: [string, unknown][] };
    return kept.question === question ? new Map(kept.values) : new Map();
  } catch {
    return new Map();
  }
}
