import { resolve } from 'node:path';
import { release, reportLines, succeeded, type BumpPlan, type Found, type ReleaseEvent } from '@nx-pypi/release';
import { readPlanFile } from '../bump/prepare-plan.ts';
import { uploadPlanned } from '../compose/planned-upload.ts';
import { writeReleased } from '../compose/write-released.ts';
import { progressLine } from '../executors/publish/progress-line.ts';
import { problemText, publishRun, runContext } from '../executors/publish/publish-run.ts';
import { commitMessage } from './bump.ts';
import { folderOf, parsed } from './arguments.ts';
import { UsageError, type Command, type Terminal } from './command.ts';
import { RUN_OPTIONS, RUN_USAGE, runOptions } from './run-arguments.ts';

const PUBLISH_OPTIONS = {
  'dry-run': { type: 'boolean' },
  'all-or-nothing': { type: 'boolean' },
  'json-file': { type: 'string' },
  junit: { type: 'string' },
  notes: { type: 'string' },
  write: { type: 'boolean' },
  plan: { type: 'string' },
  artifacts: { type: 'string', multiple: true },
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
    '  --notes DIR         write release notes from commits: NAME-VERSION.md per release, and into the JSON report',
    '  --write             write the released versions into the manifests and print the command that commits them',
    '  --plan FILE         publish what this plan releases, built before; with --artifacts',
    '  --artifacts DIR     a folder that nx-pypi build left; may be repeated; nothing is built',
    ...RUN_USAGE,
  ],
  run: async (args, terminal) => {
    const { values, positionals } = parsed(args, { ...RUN_OPTIONS, ...PUBLISH_OPTIONS });
    const root = folderOf(terminal.cwd, values.cwd);
    const options = {
      ...runOptions(values, positionals, values['dry-run'] === true),
      allOrNothing: values['all-or-nothing'] === true,
      reports: { json: values['json-file'] ?? null, junit: values.junit ?? null, notes: values.notes ?? null },
    };
    const context = runContext(root, { env: terminal.env, tags: new Map(), say: terminal.error });
    const carryOut = await uploadOf(values, terminal);
    if (carryOut.kind === 'problem') {
      terminal.error(problemText([carryOut.problem]));
      return 1;
    }
    const onEvent = (event: ReleaseEvent): void => {
      const line = event.kind === 'settled' && event.outcome.kind === 'planned' ? null : progressLine(event, 2);
      if (line !== null) terminal.error(line);
    };
    const lines: string[] = [];
    const end = await publishRun(context, options, onEvent, async (request, ports) => {
      const report = await carryOut.value(request, ports);
      if (values.write !== true || report.dryRun) return report;
      const { plan, written, problems } = await writeReleased(report, request, { root, env: terminal.env });
      if (plan !== null && written.length > 0) lines.push(...commitLines(plan, written));
      return { ...report, problems: [...report.problems, ...problems] };
    });
    if (end.kind === 'problem') {
      terminal.error(problemText([end.problem]));
      return 1;
    }
    if (values.json === true) terminal.out(JSON.stringify(end.report, null, 2));
    else for (const line of [...reportLines(end.report), ...lines]) terminal.out(line);
    return succeeded(end.report) ? 0 : 1;
  },
};

/** How the run is carried out: from a plan and its artifacts, or as a whole. */
async function uploadOf(
  values: { readonly plan?: string | undefined; readonly artifacts?: readonly string[] | undefined },
  terminal: Terminal,
): Promise<Found<typeof release>> {
  const { plan: file, artifacts } = values;
  if (file === undefined && artifacts === undefined) return { kind: 'found', value: release };
  if (file === undefined || artifacts === undefined) throw new UsageError('--plan and --artifacts go together');
  const plan = await readPlanFile(terminal.cwd, file);
  if (plan.kind === 'problem') return plan;
  const folders = artifacts.map((folder) => resolve(terminal.cwd, folder));
  return { kind: 'found', value: (request, ports) => uploadPlanned(plan.value, folders, request, ports) };
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
