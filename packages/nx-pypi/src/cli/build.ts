import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  describeOutcome,
  isAsAsked,
  planFileOf,
  planOutcomes,
  planRun,
  type PlanFile,
  type ReleasePlan,
} from '@nx-pypi/release';
import { normalizeName } from '@nx-pypi/standards';
import { buildArtifacts } from '../compose/builds/build-artifacts.ts';
import { readPlanFile } from '../bump/prepare-plan.ts';
import { problemText, runContext } from '../executors/publish/publish-run.ts';
import { PLAN_IN_FOLDER } from '../compose/builds/artifact-folder.ts';
import type { RunContext } from '../compose/open-run.ts';
import { PRODUCT } from '../compose/product.ts';
import type { RunOptions } from '../compose/request/run-options.ts';
import { NEVER } from '../report/stop-sign.ts';
import { folderOf, parsed } from './arguments.ts';
import { UsageError, type Command, type Terminal } from './command.ts';
import { withRun } from './opened-run.ts';
import { RUN_OPTIONS, RUN_USAGE, runOptions } from './run-arguments.ts';
import { tellProblems } from './tell-problems.ts';

const BUILD_OPTIONS = {
  plan: { type: 'string' },
  out: { type: 'string' },
  'no-sdist': { type: 'boolean' },
} as const;

export const buildCommand: Command = {
  name: 'build',
  summary: 'build what would be released into a folder, for a publish elsewhere; needs no right to upload',
  usage: [
    'nx-pypi build [PACKAGE …] --out DIR [OPTIONS]',
    'nx-pypi build [PACKAGE …] --out DIR --plan FILE [--no-sdist] [--cwd DIR]',
    '',
    `  --out DIR           where the artifacts go, with their list and the plan (${PLAN_IN_FOLDER});`,
    '                      nx-pypi publish --artifacts DIR uploads them',
    '  --plan FILE         build what nx-pypi plan --out FILE wrote: several machines build one plan; no registry is asked',
    '  --no-sdist          build wheels alone, with --plan: one of several machines builds the sdists',
    ...RUN_USAGE,
  ],
  run: async (args, terminal) => {
    const { values, positionals } = parsed(args, { ...RUN_OPTIONS, ...BUILD_OPTIONS });
    if (values.out === undefined) throw new UsageError('--out is needed');
    const out = resolve(terminal.cwd, values.out);
    const options = runOptions(values, positionals, true);
    const context = runContext(folderOf(terminal.cwd, values.cwd), {
      env: terminal.env,
      tags: new Map(),
      say: terminal.error,
    });
    if (values['no-sdist'] === true && values.plan === undefined) throw new UsageError('--no-sdist goes with --plan');
    if (values.plan === undefined) {
      const planned = await planNow(values, terminal, options);
      return planned === null ? 1 : buildWhole(context, planned, { out, terminal });
    }
    const read = await readPlanFile(terminal.cwd, values.plan);
    if (read.kind === 'found') {
      const plan = onlyOf(read.value.plan, positionals);
      return build(context, values['no-sdist'] === true ? withoutSdists(plan) : plan, { out, terminal });
    }
    terminal.error(problemText([read.problem]));
    return 1;
  },
};

/** What would be released from here; whether it may be, is asked where it is published (rule A3). Null: not found out. */
async function planNow(
  values: { readonly cwd?: string | undefined },
  terminal: Terminal,
  options: RunOptions,
): Promise<PlanFile | null> {
  const plans: PlanFile[] = [];
  await withRun(
    values,
    terminal,
    async ({ request, ports }) => {
      const surroundings = { ...request.surroundings, loopback: true };
      const planned = await planRun({ ...request, surroundings }, { ...ports, progress: () => {}, stop: NEVER });
      plans.push(planFileOf(planned, { ...request.checkout, tool: PRODUCT }));
      return 0;
    },
    options,
  );
  return plans[0] ?? null;
}

/** The plan goes with what is built from it; packages that it stops are told. */
async function buildWhole(context: RunContext, file: PlanFile, where: Place): Promise<number> {
  const { out, terminal } = where;
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, PLAN_IN_FOLDER), `${JSON.stringify(file, null, 2)}\n`);
  const code = await build(context, file.plan, where);
  for (const { name, outcome } of planOutcomes(file.plan, true))
    if (!isAsAsked(outcome)) terminal.error(`${name}  ${describeOutcome(outcome)}`);
  const { releases, kept, stopped } = file.plan;
  terminal.out(`${releases.length} to release, ${kept.length} up to date, ${stopped.length} stopped`);
  return stopped.length === 0 ? code : 1;
}

interface Place {
  readonly out: string;
  readonly terminal: Terminal;
}

async function build(context: RunContext, plan: ReleasePlan, { out, terminal }: Place): Promise<number> {
  const built = await buildArtifacts(context, plan, out);
  if (built.kind === 'problem') {
    terminal.error(problemText([built.problem]));
    return 1;
  }
  const { list, failed } = built.value;
  for (const { name, version, filename, sha256 } of list.artifacts)
    terminal.out(`${name} ${version}  ${filename}  sha256 ${sha256}`);
  for (const [name, { problems, log }] of failed) {
    terminal.error(`${name} could not be built`);
    tellProblems(problems, terminal);
    if (log !== '') writeFileSync(join(out, `${name}.log`), log);
  }
  return failed.size === 0 ? 0 : 1;
}

function withoutSdists(plan: ReleasePlan): ReleasePlan {
  const releases = plan.releases.map((release) => ({
    ...release,
    artifacts: release.artifacts.filter((kind) => kind !== 'sdist'),
  }));
  return { ...plan, releases };
}

/** Throws `UsageError` for a name that the plan does not release. */
function onlyOf(plan: ReleasePlan, names: readonly string[]): ReleasePlan {
  if (names.length === 0) return plan;
  const wanted = new Set(names.map((name) => normalizeName(name)));
  const releases = plan.releases.filter(({ name }) => wanted.delete(name) || false);
  const [unknown] = wanted;
  if (unknown !== undefined) throw new UsageError(`the plan does not release ${unknown}`);
  // What others build counts as there: ranges are checked against it.
  const rest = plan.releases.filter((release) => !releases.includes(release));
  const elsewhere = rest.map(({ name, path, version }) => ({ name, path, version, why: 'digest' }) as const);
  return { ...plan, releases, kept: [...plan.kept, ...elsewhere] };
}
