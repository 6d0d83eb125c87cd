/**
 * Prints `N passed, N failed` over the JSON reports of vitest in a folder (vitest.config.ts writes one per run), with a line per run.
 * A test file that failed without a failing test, one that does not load, counts as one failure. Plain JavaScript: it runs before
 * anything is installed, too. Exit code 1 when something failed or nothing ran.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.ci-results';
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  .toSorted((a, b) => a.startTime - b.startTime);

const runs = reports.map((report) => {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
  );
  return {
    files: report.testResults.length,
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
  };
});

for (const { files, passed, failed } of runs) console.log(`run of ${files} files: ${passed} passed, ${failed} failed`);
const passed = runs.reduce((sum, run) => sum + run.passed, 0);
const failed = runs.reduce((sum, run) => sum + run.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0 || runs.length === 0) process.exitCode = 1;
