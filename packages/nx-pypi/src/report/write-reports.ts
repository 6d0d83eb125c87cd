import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ReleaseReport } from '@nx-pypi/release';
import { junitReport } from './junit.ts';

/** Files that a run leaves for others, relative to the workspace; null for none. */
export interface ReportFiles {
  readonly json: string | null;
  readonly junit: string | null;
}

export function writeReports(root: string, files: ReportFiles, report: ReleaseReport): void {
  if (files.json !== null) write(resolve(root, files.json), `${JSON.stringify(report, null, 2)}\n`);
  if (files.junit !== null) write(resolve(root, files.junit), junitReport(report));
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
