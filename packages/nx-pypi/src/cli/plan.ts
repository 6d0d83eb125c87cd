import { describeOutcome, planOutcomes } from '@nx-pypi/release';
import type { Command } from './command.ts';
import { withPlan } from './planned-run.ts';
import { RUN_USAGE } from './run-arguments.ts';

export const planCommand: Command = {
  name: 'plan',
  summary: 'show what publish would release, and why; writes nothing',
  usage: ['nx-pypi plan [PACKAGE …] [--json] [OPTIONS]', '', ...RUN_USAGE],
  run: (args, terminal) =>
    withPlan(args, terminal, ({ plan }, json) => {
      if (json) terminal.out(JSON.stringify(plan, null, 2));
      else {
        const rows = planOutcomes(plan, true).filter((result) => result.outcome.kind !== 'unchanged');
        const width = Math.max(0, ...rows.map((row) => row.name.length));
        for (const row of rows) terminal.out(`${row.name.padEnd(width)}  ${describeOutcome(row.outcome)}`);
        terminal.out(
          `${plan.releases.length} to release, ${plan.kept.length} up to date, ${plan.stopped.length} stopped`,
        );
      }
      return plan.stopped.length === 0 ? 0 : 1;
    }),
};
