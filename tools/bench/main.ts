/**
 * `npm run bench [-- --quick] [-- --profile] [row…]`: prints a table per row, writes the figures to .bench/results.json and, for
 * rows that grow, a plot beside it. `--profile` leaves V8's CPU profiles of the processes under .bench/profiles.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { drawGrowth } from './growth/plot.ts';
import { interleave } from './interleave.ts';
import { renderRow, type RowReport } from './report.ts';
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
const load = (loadavg()[0] ?? 0).toFixed(1);
console.log(`${machine}, load ${load}${settings.quick ? ' (--quick: no figure to rely on)' : ''}`);

const results: RowReport[] = [];
for (const row of rows.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const report = await measured(row);
  console.log(`\n${renderRow(report)}`);
  results.push(report);
}
const report = { machine, load, quick: settings.quick, date: new Date().toISOString(), results };
writeFileSync(join(settings.folder, 'results.json'), `${JSON.stringify(report, null, 2)}\n`);
writeFileSync(join(settings.folder, 'growth.svg'), drawGrowth(results.filter(({ growth }) => growth)));

async function measured(row: Row): Promise<RowReport> {
  const stage = await row.prepare(settings);
  try {
    const summaries = summarize(await interleave(stage.sides, settings.quick ? 1 : row.rounds));
    return { name: row.name, question: row.question, growth: row.growth === true, summaries };
  } finally {
    await stage.close?.();
  }
}

/** Every Node process that a side starts writes a profile when it ends. */
function profileInto(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  process.env['NX_PYPI_BENCH_PROFILES'] = folder;
}
