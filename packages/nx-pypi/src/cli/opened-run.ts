import { describeProblem } from '@nx-pypi/release';
import { recoverWrites } from '@nx-pypi/workspace';
import { openRun, type OpenRun } from '../compose/open-run.ts';
import { PLAIN_RUN, type RunOptions } from '../compose/run-options.ts';
import { problemText, runContext } from '../executors/publish/publish-run.ts';
import { folderOf } from './arguments.ts';
import type { Terminal } from './command.ts';

/** Opens the world for a command that writes manifests, completes what a killed one left, and closes it again. */
export async function withRun(
  values: { readonly cwd?: string | undefined },
  terminal: Terminal,
  act: (opened: OpenRun, root: string) => Promise<number>,
  options: RunOptions = PLAIN_RUN,
): Promise<number> {
  const root = folderOf(terminal.cwd, values.cwd);
  const recovered = await recoverWrites(root);
  if (recovered.kind === 'problem') {
    terminal.error(problemText([recovered.problem]));
    return 1;
  }
  if (recovered.value.length > 0)
    terminal.error(`completed what a killed command had begun to write: ${recovered.value.join(', ')}`);
  const context = runContext(root, { env: terminal.env, tags: new Map(), say: terminal.error });
  const opened = await openRun(context, options);
  if (opened.kind === 'problem') {
    terminal.error(problemText([opened.problem]));
    return 1;
  }
  const { connection, close } = opened.value;
  for (const notice of connection.notices) terminal.error(notice);
  try {
    return await act(opened.value, root);
  } finally {
    for (const line of connection.lastNotices().flatMap(describeProblem)) terminal.error(line);
    await close();
  }
}
