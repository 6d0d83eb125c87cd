import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Sample } from '../row.ts';
import { runTimed } from './timed.ts';

const repositoryRoot = join(import.meta.dirname, '../../..');
const tsx = pathToFileURL(join(repositoryRoot, 'node_modules/tsx/dist/esm/index.mjs')).href;

/**
 * Runs a TypeScript file of the benchmark in a fresh process, with the libs from their sources; it prints a {@link Report} as its last
 * line. Processor time counts from the script's first measured moment to the end of all its children.
 */
export async function measuredScript(script: string, words: readonly string[], cwd: string): Promise<Sample> {
  const node = [process.execPath, '--conditions=nx-pypi-source', '--import', tsx];
  const { stdout, cpu, memory } = await runTimed([...node, script, ...words], { cwd });
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  const { milliseconds, outcome, cpuBefore } = JSON.parse(last) as Report;
  return { milliseconds, cpu: cpu - cpuBefore, memory, outcome };
}

interface Report {
  readonly milliseconds: number;
  readonly outcome: string;
  /** What the process itself had used before the measured work. */
  readonly cpuBefore: number;
}

/** For scripts: measures `act` and prints what `measuredScript` reads. */
export async function reportWork(act: () => Promise<string>): Promise<void> {
  const cpuBefore = ownCpu();
  const start = performance.now();
  const outcome = await act();
  const milliseconds = performance.now() - start;
  process.stdout.write(`\n${JSON.stringify({ milliseconds, outcome, cpuBefore } satisfies Report)}\n`);
}

function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
