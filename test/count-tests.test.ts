import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

const script = join(import.meta.dirname, '../tools/count-tests.mjs');

interface Report {
  readonly startTime: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

async function count(
  reports: readonly Report[],
): Promise<{ readonly lines: readonly string[]; readonly code: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'nx-pypi-reports-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  reports.forEach((report, index) => writeFileSync(join(folder, `${index}.json`), JSON.stringify(report)));
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, folder], (_error, stdout) => {
      resolve({ lines: stdout.trimEnd().split('\n'), code: child.exitCode ?? -1 });
    });
  });
}

const passed = { status: 'passed', assertionResults: [{ status: 'passed' }] };

describe('the count of the tests of all runs', () => {
  test('adds the runs up, in the order in which they began', async () => {
    const { lines, code } = await count([
      { startTime: 2, numPassedTests: 3, numFailedTests: 0, testResults: [passed, passed] },
      { startTime: 1, numPassedTests: 40, numFailedTests: 0, testResults: [passed] },
    ]);
    expect(lines).toEqual([
      'run of 1 files: 40 passed, 0 failed',
      'run of 2 files: 3 passed, 0 failed',
      '43 passed, 0 failed',
    ]);
    expect(code).toBe(0);
  });

  test('counts a file that does not load as one failure', async () => {
    const unloaded = { status: 'failed', assertionResults: [] };
    const failed = { status: 'failed', assertionResults: [{ status: 'failed' }] };
    const { lines, code } = await count([
      { startTime: 1, numPassedTests: 5, numFailedTests: 1, testResults: [passed, failed, unloaded] },
    ]);
    expect(lines.at(-1)).toBe('5 passed, 2 failed');
    expect(code).toBe(1);
  });

  test('is a failure when nothing ran', async () => {
    expect(await count([])).toEqual({ lines: ['0 passed, 0 failed'], code: 1 });
  });
});
