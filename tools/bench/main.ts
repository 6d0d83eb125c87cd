/**
 * `npm run bench [-- --quick | --profile | --markdown] [row…]`: prints a table per row and keeps the figures in .bench/results.json, with a plot
 * of the rows that grow beside it; `--quick` shows that all rows work and keeps nothing. `--profile` leaves V8's CPU profiles of the
 * measured processes under .bench/profiles; `--markdown` measures nothing and prints what was kept.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { interleave } from './interleave.ts';
import { renderMarkdown } from './markdown.ts';
import { renderRow, type RowReport } from './report.ts';
import { keepResults, keptResults } from './results.ts';
import type { Row, Settings } from './row.ts';
import { rows } from './rows.ts';
import { summarize } from './statistics.ts';

const words = process.argv.slice(2);
const settings: Settings = { quick: words.includes('--quick'), folder: join(import.meta.dirname, '../../.bench') };
const wanted = words.filter((word) => !word.startsWith('--'));
const unknown = wanted.filter((word) => !rows.some(({ name }) => name === word));
if (unknown.length > 0) {
  throw new Error(`No row is called ${unknown.join(', ')}; there are: ${rows.map(({ name }) => name).join(', ')}`);
}

mkdirSync(settings.folder, { recursive: true });
if (words.includes('--profile')) profileInto(join(settings.folder, 'profiles'));
const machine = `${process.platform}-${process.arch}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
console.log(settings.quick ? `${machine} (--quick: no figure to rely on)` : machine);

const chosen = rows.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (words.includes('--markdown')) {
  const names = new Set(chosen.map(({ name }) => name));
  console.log(`\n${renderMarkdown(keptResults(settings.folder).filter(({ name }) => names.has(name)))}`);
} else {
  for (const row of chosen) await measureAndKeep(row);
}

async function measureAndKeep(row: Row): Promise<void> {
  const report = await measured(row);
  console.log(`\n${renderRow(report)}`);
  if (!settings.quick)
    keepResults(
      settings.folder,
      [report],
      rows.map(({ name }) => name),
    );
}

async function measured(row: Row): Promise<RowReport> {
  const stage = await row.prepare(settings);
  const begin = { date: new Date().toISOString(), machine, load: loadavg()[0] ?? 0 };
  try {
    const summaries = summarize(await interleave(stage.sides, settings.quick ? 1 : row.rounds));
    const { name, question, growth = false } = row;
    return { name, question, growth, measured: begin, summaries };
  } finally {
    await stage.close?.();
  }
}

/** Every Node process that a side starts writes a profile when it ends. */
function profileInto(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  process.env['NX_PYPI_BENCH_PROFILES'] = folder;
}
