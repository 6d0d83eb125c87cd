import { bumpLines, type BumpPlan } from '@nx-pypi/release';
import type { Problem } from '@nx-pypi/manifests';
import { readWorkspaceText } from '@nx-pypi/workspace';
import { carryOut, foldersOf, type CarriedOut } from '../bump/carry-out.ts';
import { commitMessage } from '../bump/commit-message.ts';
import { prepareBump, type PreparedBump } from '../bump/prepare-bump.ts';
import { preparePlan, readPlanFile } from '../bump/prepare-plan.ts';
import { tagLines } from '../bump/tag-commands.ts';
import { parsed } from './arguments.ts';
import { BUMP_OPTIONS, BUMP_USAGE, bumpAsk, type BumpValues } from './bump-arguments.ts';
import type { Command, Terminal } from './command.ts';
import { withRun } from './opened-run.ts';
import { tellProblems } from './tell-problems.ts';

export const bumpCommand: Command = {
  name: 'bump',
  summary: 'write the next versions into manifests, and let the ranges on them follow',
  usage: BUMP_USAGE,
  run: async (args, terminal) => {
    const { values, positionals } = parsed(args, BUMP_OPTIONS);
    const ask = bumpAsk(values, positionals);
    const file = values.plan === undefined ? null : await readPlanFile(terminal.cwd, values.plan);
    if (file?.kind === 'problem') return refuse([file.problem], values, terminal);
    return withRun(values, terminal, async (opened, { root }) => {
      const readText = readWorkspaceText(root);
      const prepared = await (file === null
        ? prepareBump(opened, ask, readText)
        : preparePlan(opened, file.value, readText));
      if (prepared.kind === 'problems') return refuse(prepared.problems, values, terminal);
      const { bump } = prepared;
      if (values.json !== true) for (const line of bumpLines(bump.plan)) terminal.out(line);
      const go = await mayWrite(bump, values, terminal);
      const done =
        go === 'yes'
          ? await carryOut(orders(bump, values, { root, terminal, folders: foldersOf(opened.request) }))
          : null;
      if (values.json === true) terminal.out(JSON.stringify(jsonOf(bump.plan, done), null, 2));
      else for (const line of closing(bump, done)) terminal.out(line);
      tellProblems(done?.problems ?? [], terminal);
      return go === 'no' || (done !== null && !done.ok) ? 1 : 0;
    });
  },
};

function refuse(problems: readonly Problem[], values: BumpValues, terminal: Terminal): number {
  if (values.json === true) terminal.out(JSON.stringify({ packages: [], ranges: [], problems, written: [] }, null, 2));
  tellProblems(problems, terminal);
  terminal.error('nothing was written');
  return 1;
}

/** `no-need`: a dry run, or nothing to write. A terminal is asked; without one, `--yes` has to be there. */
async function mayWrite(bump: PreparedBump, values: BumpValues, terminal: Terminal): Promise<'yes' | 'no' | 'no-need'> {
  if (values['dry-run'] === true || bump.edits.files.length === 0) return 'no-need';
  if (values.yes === true) return 'yes';
  const count = bump.edits.files.length;
  const answer = await terminal.ask?.(`Write ${count} ${count === 1 ? 'file' : 'files'}? (y/N) `);
  if (answer !== undefined && /^y(es)?$/i.test(answer.trim())) return 'yes';
  terminal.error(
    answer === undefined ? 'nothing was written: pass --yes to write without being asked' : 'nothing was written',
  );
  return 'no';
}

function orders(
  bump: PreparedBump,
  values: BumpValues,
  { root, terminal, folders }: { root: string; terminal: Terminal; folders: readonly string[] },
) {
  const released = bump.plan.packages.filter(({ change }) => change === 'write');
  const names = [...new Set([...released, ...bump.plan.ranges].map(({ name }) => name))];
  const commits = values.commit === true || values.branch !== undefined;
  return {
    root,
    env: terminal.env,
    files: bump.edits.files,
    names,
    folders,
    branch: values.branch ?? null,
    commit: commits ? commitMessage(bump.plan) : null,
  };
}

function closing({ plan, edits }: PreparedBump, done: CarriedOut | null): readonly string[] {
  const count = done?.written.length ?? edits.files.length;
  const files = `${count} ${count === 1 ? 'file' : 'files'}`;
  if (plan.packages.length === 0 && edits.files.length === 0) return [];
  if (edits.files.length === 0) return ['', 'every manifest says so already', ...tagLines(plan)];
  const what = done === null ? `${files} would be written` : `${files} written`;
  return ['', ...(done !== null && done.written.length === 0 ? [] : [what]), ...(done?.lines ?? []), ...tagLines(plan)];
}

function jsonOf(plan: BumpPlan, done: CarriedOut | null) {
  return { ...plan, problems: done?.problems ?? [], written: done?.written ?? [] };
}
