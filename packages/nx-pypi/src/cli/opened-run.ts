import { completeWrites } from '../compose/complete-writes.ts';
import { openRun, type OpenRun, type RunContext } from '../compose/open-run.ts';
import { PLAIN_RUN, type RunOptions } from '../compose/request/run-options.ts';
import { problemText, runContext } from '../executors/publish/publish-run.ts';
import { folderOf } from './arguments.ts';
import type { Terminal } from './command.ts';
import { tellProblems } from './tell-problems.ts';

/** Opens the world for a command, and closes it again. */
export async function withRun(
  values: { readonly cwd?: string | undefined },
  terminal: Terminal,
  act: (opened: OpenRun, context: RunContext) => Promise<number>,
  options: RunOptions = PLAIN_RUN,
): Promise<number> {
  const root = folderOf(terminal.cwd, values.cwd);
  const context = runContext(root, { env: terminal.env, tags: new Map(), say: terminal.error });
  const opened = await openRun(context, options);
  if (opened.kind === 'problem') {
    terminal.error(problemText([opened.problem]));
    return 1;
  }
  const { connection, close } = opened.value;
  for (const notice of connection.notices) terminal.error(notice);
  try {
    return await act(opened.value, context);
  } finally {
    tellProblems(connection.lastNotices(), terminal);
    await close();
  }
}

/** For commands that read manifests without a run (rule E5); false, with the problem printed, where they can't be read yet. */
export async function writesCompleted(root: string, terminal: Terminal): Promise<boolean> {
  const problem = await completeWrites(root, terminal.error);
  if (problem !== null) terminal.error(problemText([problem]));
  return problem === null;
}
