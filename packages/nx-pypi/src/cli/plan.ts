import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describeOutcome, planFileOf, planOutcomes, planRun, type ReleasePlan } from '@nx-pypi/release';
import { withNotes } from '../bump/notes.ts';
import { PRODUCT } from '../compose/product.ts';
import { NEVER } from '../report/stop-sign.ts';
import { writeNotes } from '../report/write-reports.ts';
import { parsed } from './arguments.ts';
import type { Command } from './command.ts';
import { withRun } from './opened-run.ts';
import { RUN_OPTIONS, RUN_USAGE, runOptions } from './run-arguments.ts';
import { tellProblemsApart } from './tell-problems.ts';

export const planCommand: Command = {
  name: 'plan',
  summary: 'show what publish would release, and why; writes nothing but the plan',
  usage: [
    'nx-pypi plan [PACKAGE …] [--out FILE] [--notes DIR] [--json] [OPTIONS]',
    '',
    '  --out FILE          keep the plan; bump --plan and publish --plan carry out exactly that',
    '  --notes DIR         write the notes of each release from its commits: NAME-VERSION.md',
    ...RUN_USAGE,
  ],
  run: (args, terminal) => {
    const { values, positionals } = parsed(args, {
      ...RUN_OPTIONS,
      out: { type: 'string' },
      notes: { type: 'string' },
    });
    const options = runOptions(values, positionals, true);
    return withRun(
      values,
      terminal,
      async (opened) => {
        const { request, ports } = opened;
        const planned = await planRun(request, { ...ports, progress: () => {}, stop: NEVER });
        const { plan, scene } = planned;
        if (values.out !== undefined) {
          const file = planFileOf(planned, { ...request.checkout, tool: PRODUCT });
          await writeFile(resolve(terminal.cwd, values.out), `${JSON.stringify(file, null, 2)}\n`);
        }
        if (values.notes !== undefined) {
          const noted = await withNotes({ results: planOutcomes(plan, true) }, opened, terminal.error);
          writeNotes(resolve(terminal.cwd, values.notes), noted);
        }
        if (values.json === true) terminal.out(JSON.stringify(plan, null, 2));
        else for (const line of linesOf(plan)) terminal.out(line);
        tellProblemsApart(scene.problems, terminal);
        return plan.stopped.length === 0 ? 0 : 1;
      },
      options,
    );
  },
};

function linesOf(plan: ReleasePlan): readonly string[] {
  const rows = planOutcomes(plan, true).filter((result) => result.outcome.kind !== 'unchanged');
  const width = Math.max(0, ...rows.map((row) => row.name.length));
  return [
    ...rows.map((row) => `${row.name.padEnd(width)}  ${describeOutcome(row.outcome)}`),
    `${plan.releases.length} to release, ${plan.kept.length} up to date, ${plan.stopped.length} stopped`,
  ];
}
