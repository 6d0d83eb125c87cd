import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openHouse, openStage, shownFiles, TOKEN, type Stage } from './theatre.ts';

const TRIO = [
  { name: 'opera-score' },
  { name: 'opera-cast', dependencies: ['opera-score>=1,<2'] },
  { name: 'opera-night', dependencies: ['opera-cast>=1,<2'] },
];

/** Runs a command in a terminal of its own; what is written to this process is typed there. */
const TERMINAL = [
  'python3',
  '-c',
  'import os, pty, sys; os.environ["TERM"] = "xterm"; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))',
];

/** Starts a release and resolves once the registry is asked to take the first file, which it takes `milliseconds` for. */
async function startUpload(milliseconds: number, through: readonly string[] = []) {
  const registry = await openHouse();
  const stage = await openStage(TRIO, registry);
  const armed = registry.faults.arm({ on: { route: 'upload' }, effect: { kind: 'slow', milliseconds } });
  const child = stage.start(['publish', '--junit', 'junit.xml'], through);
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  while (armed.hits() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  return { registry, stage, child, said: () => text };
}

async function codeOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

function journals(stage: Stage): string {
  const folder = join(stage.root, '.nx/nx-pypi/journal');
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('');
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s: the package in flight is finished, nothing else begins, and the report says what is left',
  async (signal) => {
    const { registry, stage, child, said } = await startUpload(1500);
    child.kill(signal);
    expect(await codeOf(child)).toBe(1);
    expect(said()).toContain(`${signal}: uploads in flight are finished`);
    expect(said()).toMatch(/3 packages: 1 published, 2 skipped/);
    expect(said()).toMatch(/opera-night +1\.0\.0 skipped: the run was stopped before its turn/);
    expect(await shownFiles(registry, 'opera-score')).toHaveLength(2);
    expect(await shownFiles(registry, 'opera-cast')).toEqual([]);
    expect(readFileSync(join(stage.root, 'junit.xml'), 'utf8')).toContain('failures="0" skipped="2"');
    expect(journals(stage)).toContain('"event":"upload"');
    expect(journals(stage)).not.toContain(TOKEN);
    expect((await stage.cli(['publish'])).code).toBe(0);
    expect(await shownFiles(registry, 'opera-night')).toHaveLength(2);
  },
);

it('Ctrl-C in a terminal: the live view goes, and the report stays', async () => {
  const { stage, child, said } = await startUpload(1500, TERMINAL);
  await vi.waitFor(() => expect(said()).toContain('1 uploading'), { timeout: 20_000, interval: 20 });
  child.stdin?.write('\u0003');
  expect(await codeOf(child)).toBe(1);
  // The last thing that a view does is to erase itself to the end of the screen.
  const at = said().lastIndexOf('\u001B[J');
  const [drawn, report] = [said().slice(0, at), said().slice(at + 3)];
  expect(drawn).toContain('SIGINT: uploads in flight are finished');
  expect(drawn).toMatch(/opera-score 1\.0\.0 {2}sdist {2}[\d.]+ k?B {2}0:0\d/);
  expect(report).toMatch(/3 packages: 1 published, 2 skipped/);
  expect(report).not.toMatch(/\p{Cc}\[/u);
  expect((await stage.cli(['publish'])).code).toBe(0);
});

it('a second signal ends at once, and the next run completes what is left', async () => {
  const { registry, stage, child, said } = await startUpload(60_000);
  child.kill('SIGINT');
  while (!said().includes('once more ends at once')) await new Promise((resolve) => setTimeout(resolve, 10));
  const asked = Date.now();
  child.kill('SIGINT');
  expect(await codeOf(child)).toBe(130);
  expect(Date.now() - asked).toBeLessThan(5000);
  registry.faults.clear();
  expect((await stage.cli(['publish'])).code).toBe(0);
  expect(await shownFiles(registry, 'opera-night')).toHaveLength(2);
});
