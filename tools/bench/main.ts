/** `npm run bench [-- --quick] [row…]`: prints a table per row and writes the figures to .bench/results.json. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { interleave } from './interleave.ts';
import { renderRow } from './report.ts';
import type { Settings } from './row.ts';
import { rows } from './rows.ts';
import { summarize } from './statistics.ts';

const words = process.argv.slice(2);
const settings: Settings = { quick: words.includes('--quick'), folder: join(import.meta.dirname, '../../.bench') };
const wanted = words.filter((word) => word !== '--quick');
const unknown = wanted.filter((word) => !rows.some(({ name }) => name === word));
if (unknown.length > 0) {
  throw new Error(`No row is called ${unknown.join(', ')}; there are: ${rows.map(({ name }) => name).join(', ')}`);
}

const machine = `${process.platform}-${process.arch}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
console.log(settings.quick ? `${machine} (--quick: no figure to rely on)` : machine);
mkdirSync(settings.folder, { recursive: true });

const results = [];
for (const row of rows.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const sides = await row.prepare(settings);
  const summaries = summarize(await interleave(sides, settings.quick ? 2 : 7));
  console.log(`\n${renderRow(row.name, row.question, summaries)}`);
  results.push({ row: row.name, question: row.question, summaries });
}
const report = { machine, quick: settings.quick, results };
writeFileSync(join(settings.folder, 'results.json'), `${JSON.stringify(report, null, 2)}\n`);
