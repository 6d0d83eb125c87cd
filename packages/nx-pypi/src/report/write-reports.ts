import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ReleaseReport } from '@nx-pypi/release';
import { junitReport } from './junit.ts';

/** Files that a run leaves for others, relative to the workspace; null for none. */
export interface ReportFiles {
  readonly json: string | null;
  readonly junit: string | null;
  /** A folder: one Markdown file per release. */
  readonly notes: string | null;
}

export function writeReports(root: string, files: ReportFiles, report: ReleaseReport): void {
  if (files.json !== null) write(resolve(root, files.json), `${JSON.stringify(report, null, 2)}\n`);
  if (files.junit !== null) write(resolve(root, files.junit), junitReport(report));
  if (files.notes !== null) writeNotes(resolve(root, files.notes), report);
}

/** `NAME-VERSION.md` for every release that has notes. */
export function writeNotes(folder: string, { results }: Pick<ReleaseReport, 'results'>): void {
  for (const { name, outcome, notes } of results) {
    if (notes === undefined || (outcome.kind !== 'published' && outcome.kind !== 'planned')) continue;
    write(join(folder, `${name}-${outcome.release.version}.md`), notes);
  }
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
