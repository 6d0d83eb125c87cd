import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RowReport } from './report.ts';

/**
 * Writes what was measured to `results.json` in the folder, in the place of earlier figures of the same row: a long benchmark may be
 * run row by row, and one that is cut short keeps what it has.
 */
export function keepResult(folder: string, report: RowReport, order: readonly string[]): void {
  const byName = new Map([...keptResults(folder), report].map((one) => [one.name, one]));
  const all = order.flatMap((name) => byName.get(name) ?? []);
  const file = join(folder, 'results.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(all, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** What was measured so far. */
export function keptResults(folder: string): readonly RowReport[] {
  const file = join(folder, 'results.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly RowReport[]) : [];
}
