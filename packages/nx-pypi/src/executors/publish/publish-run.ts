import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeProblem, release, type ReleaseEvent } from '@nx-pypi/release';
import type { Problem } from '@nx-pypi/manifests';
import { cacheFolder } from '@nx-pypi/workspace';
import { openAfterwards } from '../../afterwards/open-afterwards.ts';
import { writeVersions, type WrittenReport } from '../../afterwards/write-versions.ts';
import { withNotes } from '../../bump/notes.ts';
import { openRun, type RunContext } from '../../compose/open-run.ts';
import { openJournal } from '../../report/journal.ts';
import { heedSignals } from '../../report/stop-sign.ts';
import { writeReports } from '../../report/write-reports.ts';
import type { RunOptions } from '../../compose/request/run-options.ts';
import { pluginEntry, type NxJsonWithPlugins } from '../../options/plugin-entry.ts';

/** What became of a run: a report, or the problem that kept it from starting. */
export type RunEnd =
  | ({ readonly kind: 'report' } & WrittenReport)
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Opens the world, carries out one release, leaves journal and reports, and closes the world again. Heeds signals. */
export async function publishRun(
  context: RunContext,
  options: RunOptions,
  onEvent: (event: ReleaseEvent) => void,
  carryOut: typeof release = release,
): Promise<RunEnd> {
  const opened = await openRun(context, options);
  if (opened.kind === 'problem') return opened;
  const after = await openAfterwards(opened.value, context, options);
  if (after.kind === 'problem') {
    await opened.value.close();
    return after;
  }
  const { request, ports, connection, close } = opened.value;
  for (const notice of connection.notices) context.say(notice);
  const journal = openJournal(cacheFolder(context.root), { started: new Date(), pid: process.pid });
  const stop = heedSignals(context.say);
  try {
    const report = await carryOut(request, {
      ...ports,
      ...after.value.ports,
      stop,
      progress: (event) => {
        journal.note(event);
        onEvent(event);
      },
    });
    const written = options.afterwards.write
      ? await writeVersions(report, request, context)
      : { report, lines: [], unwritten: [] };
    const noted =
      options.reports.notes === null ? written.report : await withNotes(written.report, opened.value, context.say);
    writeReports(context.root, options.reports, noted);
    return { kind: 'report', ...written, report: noted };
  } finally {
    stop.release();
    for (const line of connection.lastNotices().flatMap(describeProblem)) context.say(line);
    await after.value.close();
    await close();
  }
}

/** A workspace as a run sees it, from its nx.json; a folder without one has no options. */
export function runContext(root: string, surroundings: Pick<RunContext, 'env' | 'tags' | 'say'>): RunContext {
  const nxJson = readNxJson(root);
  return { root, plugin: pluginEntry(nxJson), defaultBranch: defaultBranch(nxJson, surroundings.env), ...surroundings };
}

/** CI's word first; nx.json's defaultBase may name a remote (`origin/main`). */
function defaultBranch(nxJson: NxJsonWithPlugins | null, env: RunContext['env']): string {
  return env['CI_DEFAULT_BRANCH'] || (nxJson?.defaultBase ?? 'main').replace(/^(origin|upstream)\//, '');
}

function readNxJson(root: string): NxJsonWithPlugins | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(root, 'nx.json'), 'utf8'));
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    // Nx itself refuses a workspace whose nx.json can't be read; without Nx it is optional.
    return null;
  }
}

/** Problems as lines, for a task's output. */
export function problemText(problems: readonly Problem[]): string {
  return problems.flatMap((problem) => [...describeProblem(problem)]).join('\n');
}
