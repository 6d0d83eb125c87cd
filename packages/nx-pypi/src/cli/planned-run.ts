import { describeProblem, planRun, type Planned } from '@nx-pypi/release';
import { openRun } from '../compose/open-run.ts';
import { problemText, runContext } from '../executors/publish/publish-run.ts';
import { NEVER } from '../report/stop-sign.ts';
import { folderOf, parsed } from './arguments.ts';
import type { Terminal } from './command.ts';
import { RUN_OPTIONS, runOptions } from './run-arguments.ts';

/** Plans a run from a command's words and hands the plan over; nothing is written. Resolves to the exit code. */
export async function withPlan(
  args: readonly string[],
  terminal: Terminal,
  show: (planned: Planned, json: boolean) => number,
): Promise<number> {
  const { values, positionals } = parsed(args, RUN_OPTIONS);
  const context = runContext(folderOf(terminal.cwd, values.cwd), {
    env: terminal.env,
    tags: new Map(),
    say: terminal.error,
  });
  const opened = await openRun(context, runOptions(values, positionals, true));
  if (opened.kind === 'problem') {
    terminal.error(problemText([opened.problem]));
    return 1;
  }
  const { request, ports, connection, close } = opened.value;
  for (const notice of connection.notices) terminal.error(notice);
  try {
    return show(await planRun(request, { ...ports, progress: () => {}, stop: NEVER }), values.json === true);
  } finally {
    for (const line of connection.lastNotices().flatMap(describeProblem)) terminal.error(line);
    await close();
  }
}
