import { reportLines, succeeded } from '@nx-pypi/release';
import { progressLine } from '../executors/publish/progress-line.ts';
import { problemText, publishRun, runContext } from '../executors/publish/publish-run.ts';
import { folderOf, parsed } from './arguments.ts';
import type { Command } from './command.ts';
import { RUN_OPTIONS, RUN_USAGE, runOptions } from './run-arguments.ts';

const PUBLISH_OPTIONS = {
  'dry-run': { type: 'boolean' },
  'all-or-nothing': { type: 'boolean' },
  'json-file': { type: 'string' },
  junit: { type: 'string' },
} as const;

export const publishCommand: Command = {
  name: 'publish',
  summary: 'publish what differs from the registry, in dependency order, in parallel',
  usage: [
    'nx-pypi publish [PACKAGE …] [--dry-run] [OPTIONS]',
    '',
    '  --dry-run           show what would be published; write neither the tree nor the registry',
    '  --all-or-nothing    send nothing if one package fails before the first upload, no more once one fails',
    '  --json-file FILE    write the report as JSON',
    '  --junit FILE        write the report as JUnit XML, for CI',
    ...RUN_USAGE,
  ],
  run: async (args, terminal) => {
    const { values, positionals } = parsed(args, { ...RUN_OPTIONS, ...PUBLISH_OPTIONS });
    const root = folderOf(terminal.cwd, values.cwd);
    const options = {
      ...runOptions(values, positionals, values['dry-run'] === true),
      allOrNothing: values['all-or-nothing'] === true,
      reports: { json: values['json-file'] ?? null, junit: values.junit ?? null },
    };
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
