import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawGrowth } from './growth/plot.ts';
import type { RowReport } from './report.ts';

/**
 * Writes what was measured to `results.json` in the folder, in the place of earlier figures of the same rows, and draws the growth of
 * all rows that are there: a long benchmark may be run row by row.
 */
export function keepResults(folder: string, reports: readonly RowReport[], order: readonly string[]): void {
  const before = keptResults(folder);
  const byName = new Map([...before, ...reports].map((report) => [report.name, report]));
  const all = order.flatMap((name) => byName.get(name) ?? []);
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(join(folder, 'growth.svg'), drawGrowth(all.filter(({ growth }) => growth)));
}

/** What was measured so far. */
export function keptResults(folder: string): readonly RowReport[] {
  const file = join(folder, 'results.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly RowReport[]) : [];
}
