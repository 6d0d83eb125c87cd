import { reportLines, succeeded } from '@nx-pypi/release';
import { progressLine } from '../executors/publish/progress-line.ts';
import { problemText, publishRun, runContext } from '../executors/publish/publish-run.ts';
import { folderOf, parsed } from './arguments.ts';
import type { Command } from './command.ts';
import { RUN_OPTIONS, RUN_USAGE, runOptions } from './run-arguments.ts';

export const publishCommand: Command = {
  name: 'publish',
  summary: 'publish what differs from the registry, in dependency order, in parallel',
  usage: [
    'nx-pypi publish [PACKAGE …] [--dry-run] [OPTIONS]',
    '',
    '  --dry-run           show what would be published; write neither the tree nor the registry',
    ...RUN_USAGE,
  ],
  run: async (args, terminal) => {
    const { values, positionals } = parsed(args, { ...RUN_OPTIONS, 'dry-run': { type: 'boolean' } });
    const root = folderOf(terminal.cwd, values.cwd);
    const options = runOptions(values, positionals, values['dry-run'] === true);
    const context = runContext(root, { env: terminal.env, tags: new Map(), say: terminal.error });
    const end = await publishRun(context, options, (event) => {
      const line = event.kind === 'settled' && event.outcome.kind === 'planned' ? null : progressLine(event, 2);
      if (line !== null) terminal.error(line);
    });
    if (end.kind === 'problem') {
      terminal.error(problemText([end.problem]));
      return 1;
    }
    if (values.json === true) terminal.out(JSON.stringify(end.report, null, 2));
    else for (const line of reportLines(end.report)) terminal.out(line);
    return succeeded(end.report) ? 0 : 1;
  },
};
