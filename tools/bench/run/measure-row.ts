import { loadavg } from 'node:os';
import { interleave } from '../interleave.ts';
import type { RowReport } from '../report.ts';
import type { Row, Settings } from '../row.ts';
import { summarize } from '../statistics.ts';

/** What no row can know of itself. */
export interface Subject {
  readonly machine: string;
  readonly product: string;
}

/** Prepares a row, asks its sides in turn, and ends what it started. Rejects when a side fails. */
export async function measureRow(row: Row, settings: Settings, subject: Subject): Promise<RowReport> {
  const { name, question, growth = false, limit = '', rounds, seconds = 60 } = row;
  const start = performance.now();
  const stage = await row.prepare(settings);
  const begin = { date: new Date().toISOString(), load: loadavg()[0] ?? 0 };
  try {
    const measured = await interleave(stage.sides, settings.quick ? { rounds: 1, seconds } : { rounds, seconds });
    const took = Math.round((performance.now() - start) / 1000);
    const circumstances = { ...begin, ...subject, seconds: took };
    return { name, question, growth, limit, measured: circumstances, summaries: summarize(measured) };
  } finally {
    await stage.close?.();
  }
}
