/** `npm run bench [-- OPTION… ROW…]`; `--help` says what it takes. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchRequest, readCommandLine } from './command-line.ts';
import { writeDocuments } from './document/write-documents.ts';
import { peerVersions } from './graph/peers.ts';
import { pythonPeerVersions } from './python/python-peers.ts';
import { renderRow } from './report.ts';
import { keepResult, keptResults } from './results.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';
import { machine, productDigest } from './run/machine.ts';
import { measureRow, type Subject } from './run/measure-row.ts';

const repositoryRoot = join(import.meta.dirname, '../..');
const folder = join(repositoryRoot, '.bench');
const order = rows.map(({ name }) => name);
const peers = { ...peerVersions, ...pythonPeerVersions };

const commandLine = readCommandLine(process.argv.slice(2), order);
switch (commandLine.kind) {
  case 'help':
    process.stdout.write(commandLine.text);
    break;
  case 'mistake':
    console.error(`${commandLine.message} \`npm run bench -- --help\` explains them.`);
    process.exitCode = 2;
    break;
  case 'measure':
    await act(commandLine.request);
}

async function act(request: BenchRequest): Promise<void> {
  const chosen = rows.filter(({ name }) => request.rows.length === 0 || request.rows.includes(name));
  mkdirSync(folder, { recursive: true });
  if (request.profile) profileInto(join(folder, 'profiles'));
  if (request.kept) showKept(chosen);
  else await measureAll(chosen, request);
  if (request.writeDocs) writeKept();
}

function showKept(chosen: readonly Row[]): void {
  for (const report of keptResults(folder)) {
    if (chosen.some(({ name }) => name === report.name)) console.log(`\n${renderRow(report)}`);
  }
}

function writeKept(): void {
  writeDocuments(join(repositoryRoot, 'docs'), keptResults(folder), peers);
}

/** A row that fails is told and keeps no other from being measured. */
async function measureAll(chosen: readonly Row[], request: BenchRequest): Promise<void> {
  const subject = { machine: machine(), product: productDigest() };
  console.log(request.quick ? `${subject.machine} (--quick: no figure to rely on)` : subject.machine);
  console.log(
    Object.entries(peers)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  );
  const known = new Set(
    keptResults(folder).flatMap(({ name, measured }) => (measured?.product === subject.product ? [name] : [])),
  );
  const left = request.onlyMissing ? chosen.filter(({ name }) => !known.has(name)) : chosen;
  const start = performance.now();
  const minutes = (): number => (performance.now() - start) / 60_000;
  for (const [index, row] of left.entries()) {
    if (minutes() > request.minutes) {
      const rest = left.slice(index).map(({ name }) => name);
      console.log(`\nOut of time: ${rest.join(', ')} not measured; --only-missing goes on there.`);
      break;
    }
    console.log(`\n[${index + 1}/${left.length}, ${minutes().toFixed(1)} min] ${row.name}`);
    await measureAndKeep(row, request, subject);
  }
  console.log(`\n${minutes().toFixed(1)} minutes for ${left.length} rows`);
}

async function measureAndKeep(row: Row, { quick, writeDocs }: BenchRequest, subject: Subject): Promise<void> {
  try {
    const report = await measureRow(row, { quick, folder }, subject);
    console.log(renderRow(report));
    if (quick) return;
    keepResult(folder, report, order);
    if (writeDocs) writeKept();
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
