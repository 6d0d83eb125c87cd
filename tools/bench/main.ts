/**
 * `npm run bench [-- OPTION… ROW…]`: prints a table per row, all rows unless some are named, and keeps each row's figures in
 * .bench/results.json as soon as it is measured.
 *
 * --quick         shows that the rows work, at small sizes, and keeps nothing
 * --only-missing  leaves out the rows that were measured with this very build: goes on where another run ended
 * --kept          measures nothing and shows what was kept
 * --write-docs    writes docs/benchmarks.md and its plots from what was kept
 * --profile       leaves V8's CPU profiles of the measured processes under .bench/profiles
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeDocuments } from './document/write-documents.ts';
import { peerVersions } from './graph/peers.ts';
import { pythonPeerVersions } from './python/python-peers.ts';
import { renderRow } from './report.ts';
import { keepResult, keptResults } from './results.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';
import { machine, productDigest } from './run/machine.ts';
import { measureRow } from './run/measure-row.ts';

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    'only-missing': { type: 'boolean', default: false },
    kept: { type: 'boolean', default: false },
    'write-docs': { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});
const repositoryRoot = join(import.meta.dirname, '../..');
const folder = join(repositoryRoot, '.bench');
const order = rows.map(({ name }) => name);
const unknown = wanted.filter((word) => !order.includes(word));
if (unknown.length > 0) throw new Error(`No row is called ${unknown.join(', ')}; there are: ${order.join(', ')}`);
const chosen = rows.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const peers = { ...peerVersions, ...pythonPeerVersions };

mkdirSync(folder, { recursive: true });
if (options.profile) profileInto(join(folder, 'profiles'));
if (options.kept) showKept();
else await measureAll();
if (options['write-docs']) writeDocuments(join(repositoryRoot, 'docs'), keptResults(folder), peers);

function showKept(): void {
  for (const report of keptResults(folder)) {
    if (chosen.some(({ name }) => name === report.name)) console.log(`\n${renderRow(report)}`);
  }
}

/** A row that fails is told and keeps no other from being measured. */
async function measureAll(): Promise<void> {
  const subject = { machine: machine(), product: productDigest() };
  console.log(options.quick ? `${subject.machine} (--quick: no figure to rely on)` : subject.machine);
  console.log(
    Object.entries(peers)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  );
  const known = new Set(
    keptResults(folder).flatMap(({ name, measured }) => (measured?.product === subject.product ? [name] : [])),
  );
  const left = options['only-missing'] ? chosen.filter(({ name }) => !known.has(name)) : chosen;
  const start = performance.now();
  for (const [index, row] of left.entries()) {
    const minutes = ((performance.now() - start) / 60_000).toFixed(1);
    console.log(`\n[${index + 1}/${left.length}, ${minutes} min] ${row.name}`);
    await measureAndKeep(row, subject);
  }
  console.log(`\n${left.length} rows in ${((performance.now() - start) / 60_000).toFixed(1)} minutes`);
}

async function measureAndKeep(row: Row, subject: Parameters<typeof measureRow>[2]): Promise<void> {
  try {
    const report = await measureRow(row, { quick: options.quick, folder }, subject);
    console.log(renderRow(report));
    if (!options.quick) keepResult(folder, report, order);
  } catch (error) {
    console.error(`${row.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  }
}

/** Every Node process that a side starts writes a profile when it ends. */
function profileInto(profiles: string): void {
  rmSync(profiles, { recursive: true, force: true });
  process.env['NX_PYPI_BENCH_PROFILES'] = profiles;
}
