import type { Problem } from '@nx-pypi/manifests';
import type { BumpPlan, ReleaseReport, ReleaseRequest } from '@nx-pypi/release';
import type { Environment } from '@nx-pypi/workspace';
import { commitMessage } from '../bump/commit-message.ts';
import { writeReleased } from '../compose/write-released.ts';

export interface WrittenReport {
  /** With what could not be written among its problems. */
  readonly report: ReleaseReport;
  /** What a person should read after it. */
  readonly lines: readonly string[];
  readonly unwritten: readonly Problem[];
}

/** The released versions in the manifests (`--write`). */
export async function writeVersions(
  report: ReleaseReport,
  request: ReleaseRequest,
  where: { readonly root: string; readonly env: Environment },
): Promise<WrittenReport> {
  if (report.dryRun) return { report, lines: [], unwritten: [] };
  const { plan, written, problems } = await writeReleased(report, request, where);
  return {
    report: { ...report, problems: [...report.problems, ...problems] },
    unwritten: problems,
    lines: plan !== null && written.length > 0 ? commitLines(plan, written) : [],
  };
}

/** What was written, and how it is committed. */
function commitLines(plan: BumpPlan, written: readonly string[]): readonly string[] {
  const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const [subject = ''] = commitMessage(plan).split('\n');
  return [
    '',
    `written: ${written.join(', ')}`,
    `to commit: git commit -m ${quoted(subject)} -- ${written.map((path) => (/^[\w./-]+$/.test(path) ? path : quoted(path))).join(' ')}`,
  ];
}
