import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { growthCurves } from '../growth/curves.ts';
import { drawGrowth } from '../growth/plot.ts';
import type { RowReport } from '../report.ts';
import { renderDocument } from './document.ts';
import { goals } from './goals.ts';

/** Writes benchmarks.md and its plots into the folder of the documentation. */
export function writeDocuments(
  docs: string,
  reports: readonly RowReport[],
  peers: Readonly<Record<string, string>>,
): void {
  mkdirSync(join(docs, 'benchmarks'), { recursive: true });
  writeFileSync(join(docs, 'benchmarks/growth.svg'), drawGrowth(growthCurves(reports)));
  writeFileSync(join(docs, 'benchmarks.md'), renderDocument({ reports, goals, peers }));
}
