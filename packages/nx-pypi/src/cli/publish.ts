import { join, resolve } from 'node:path';
import { PLAN_IN_FOLDER } from '../compose/builds/artifact-folder.ts';
import { release, reportLines, succeeded, type ChannelId, type Found } from '@nx-pypi/release';
import { readPlanFile } from '../bump/prepare-plan.ts';
import { carryOutPlan, uploadPlanned } from '../compose/builds/planned-upload.ts';
import { problemText, publishRun, runContext } from '../executors/publish/publish-run.ts';
import { openProgress } from '../report/live/progress.ts';
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
  verify: { type: 'string' },
  'install-check': { type: 'boolean' },
  tag: { type: 'boolean' },
  push: { type: 'boolean' },
  'gitlab-release': { type: 'boolean' },
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
    '  --verify=bytes      download what was uploaded once more; --verify=index, as always, looks at index and length',
    '  --install-check     let uv or pip resolve each version from the index before what needs it is published',
    '  --tag               make a git tag for each release: option tagPattern, {name}@{version}',
    '  --push              push these tags to origin; includes --tag',
    '  --gitlab-release    make a release in the GitLab project of the CI job, with its tag and notes',
    '  --write             write the released versions into the manifests and print the command that commits them',
    '  --plan FILE         publish exactly what nx-pypi plan --out FILE planned, and go on where that was begun',
    '  --artifacts DIR     publish what nx-pypi build left there, by its plan; may be repeated; nothing is built',
    ...RUN_USAGE,
  ],
  run: async (args, terminal) => {
    const { values, positionals } = parsed(args, { ...RUN_OPTIONS, ...PUBLISH_OPTIONS });
    const root = folderOf(terminal.cwd, values.cwd);
    const upload = await uploadOf(values, positionals, terminal);
    if (upload.kind === 'problem') {
      terminal.error(problemText([upload.problem]));
      return 1;
    }
    const { carryOut, channel } = upload.value;
    const asked = runOptions(values, positionals, values['dry-run'] === true);
    const options = {
      ...asked,
      channel: asked.channel ?? (channel === null ? null : { id: channel, number: null }),
      allOrNothing: values['all-or-nothing'] === true,
      afterwards: {
        verifyBytes: isBytes(values.verify),
        installCheck: values['install-check'] === true,
        tag: values.tag === true,
        push: values.push === true,
        gitlabRelease: values['gitlab-release'] === true,
        write: values.write === true,
      },
      reports: { json: values['json-file'] ?? null, junit: values.junit ?? null, notes: values.notes ?? null },
    };
    const progress = openProgress(terminal, values.json !== true);
    const context = runContext(root, { env: terminal.env, tags: new Map(), say: progress.say });
    const end = await publishRun(context, options, progress.note, carryOut).finally(progress.end);
    if (end.kind === 'problem') {
      terminal.error(problemText([end.problem]));
      return 1;
    }
    if (values.json === true) terminal.out(JSON.stringify(end.report, null, 2));
    else for (const line of [...reportLines(end.report), ...end.lines]) terminal.out(line);
    return succeeded(end.report) ? 0 : 1;
  },
};

/** Throws `UsageError` for what there is not. */
function isBytes(verify: string | undefined): boolean {
  if (verify === undefined || verify === 'index' || verify === 'bytes') return verify === 'bytes';
  throw new UsageError(`--verify takes index or bytes, not '${verify}'`);
}

const NO_PLAN_HINT =
  'give a folder that nx-pypi build --out wrote by itself, or the plan that it was given: --plan FILE';

/** How the run is carried out, and into which channel where a plan says so. */
interface Upload {
  readonly carryOut: typeof release;
  readonly channel: ChannelId | null;
}

/** By a plan, with or without its artifacts, or as a whole. Throws `UsageError` where the words contradict the plan. */
async function uploadOf(
  values: {
    readonly plan?: string | undefined;
    readonly artifacts?: readonly string[] | undefined;
    readonly channel?: string | undefined;
    readonly level?: string | undefined;
    readonly set?: readonly string[] | undefined;
  },
  packages: readonly string[],
  terminal: Terminal,
): Promise<Found<Upload>> {
  const { plan: file, artifacts } = values;
  if (file === undefined && artifacts === undefined)
    return { kind: 'found', value: { carryOut: release, channel: null } };
  if ([...packages, values.level, values.set].some((word) => word !== undefined))
    throw new UsageError('a plan says what to publish: it takes no packages, --level or --set');
  const plan = await readPlanFile(terminal.cwd, file ?? join(artifacts?.[0] ?? '', PLAN_IN_FOLDER));
  if (plan.kind === 'problem')
    return file === undefined ? { kind: 'problem', problem: { ...plan.problem, hint: NO_PLAN_HINT } } : plan;
  const channel = plan.value.plan.channel ?? null;
  if (values.channel !== undefined && values.channel !== channel)
    throw new UsageError(`the plan is for ${channel === null ? 'final releases' : `the channel ${channel}`}`);
  const folders = artifacts?.map((folder) => resolve(terminal.cwd, folder));
  const carryOut: typeof release = (request, ports) =>
    folders === undefined
      ? carryOutPlan(plan.value, request, ports)
      : uploadPlanned(plan.value, folders, request, ports);
  return { kind: 'found', value: { carryOut, channel } };
}
