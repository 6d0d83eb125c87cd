import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { openEmbeddedRegistry } from '../../src/compose/registries/embedded-registry.ts';

function oven(): string {
  const root = mkdtempSync(join(tmpdir(), 'oven-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
  return root;
}

test.each([
  [['--fault', 'smoke'], 'There is no fault smoke.'],
  [['--fault', 'cut', '--fault', 'slow'], 'slow needs milliseconds: slow=500'],
  [['--rate-limit', 'often'], '--rate-limit often is not of the form 60/15'],
  [['--port', 'warm'], "'warm' is no port"],
])('nx-pypi registry %j is refused before anything is served', async (args, reason) => {
  const errors: string[] = [];
  const root = oven();
  const terminal = { cwd: root, env: {}, out: () => undefined, error: (line: string) => void errors.push(line) };
  expect(await runCli(['registry', ...args], terminal)).toBe(2);
  expect(errors.join('\n')).toContain(reason);
});

test('the embedded registry misbehaves as it is told, and then works', async () => {
  const faults = { faults: [{ on: { route: 'index' as const }, effect: { kind: 'status' as const, status: 503 } }] };
  const opened = await openEmbeddedRegistry(oven(), { mode: 'serve', faults });
  if (opened.kind === 'problem') throw new Error(opened.problem.message);
  const { url, close } = opened.value;
  onTestFinished(close);
  const index = `${url}/api/v4/groups/local/-/packages/pypi/simple`;
  expect([(await fetch(index)).status, (await fetch(index)).status]).toEqual([503, 200]);
});
