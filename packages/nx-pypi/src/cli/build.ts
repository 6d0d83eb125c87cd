import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describeProblem, type ReleasePlan } from '@nx-pypi/release';
import { normalizeName } from '@nx-pypi/standards';
import { buildArtifacts } from '../compose/build-artifacts.ts';
import { readPlanFile } from '../bump/prepare-plan.ts';
import { problemText, runContext } from '../executors/publish/publish-run.ts';
import { folderOf, parsed } from './arguments.ts';
import { UsageError, type Command, type Terminal } from './command.ts';

const BUILD_OPTIONS = {
  cwd: { type: 'string' },
  plan: { type: 'string' },
  out: { type: 'string' },
} as const;

export const buildCommand: Command = {
  name: 'build',
  summary: 'build what a plan releases into a folder, for a publish elsewhere; needs no credential',
  usage: [
    'nx-pypi build [PACKAGE …] --plan FILE --out DIR [--cwd DIR]',
    '',
    '  PACKAGE …    names; left out: everything that the plan releases',
    '  --plan FILE  what nx-pypi plan --out FILE wrote',
    '  --out DIR    where the artifacts and their list go; nx-pypi publish --plan FILE --artifacts DIR uploads them',
    '  --cwd DIR    the workspace; left out: this folder',
  ],
  run: async (args, terminal) => {
    const { values, positionals } = parsed(args, BUILD_OPTIONS);
    if (values.plan === undefined || values.out === undefined) throw new UsageError('--plan and --out are needed');
    const read = await readPlanFile(terminal.cwd, values.plan);
    if (read.kind === 'problem') {
      terminal.error(problemText([read.problem]));
      return 1;
    }
    const plan = onlyOf(read.value.plan, positionals);
    const context = runContext(folderOf(terminal.cwd, values.cwd), {
      env: terminal.env,
      tags: new Map(),
      say: terminal.error,
    });
    return build(context, plan, { out: resolve(terminal.cwd, values.out), terminal });
  },
};

async function build(
  context: Parameters<typeof buildArtifacts>[0],
  plan: ReleasePlan,
  { out, terminal }: { readonly out: string; readonly terminal: Terminal },
): Promise<number> {
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
    for (const problem of problems) for (const line of describeProblem(problem)) terminal.error(line);
    if (log !== '') writeFileSync(join(out, `${name}.log`), log);
  }
  return failed.size === 0 ? 0 : 1;
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
