import { statusLines, statusRow } from '@nx-pypi/release';
import type { Command } from './command.ts';
import { withPlan } from './planned-run.ts';
import { RUN_USAGE } from './run-arguments.ts';
import { tellProblemsApart } from './tell-problems.ts';

export const statusCommand: Command = {
  name: 'status',
  summary: 'show every package beside what the registry holds of it; writes nothing',
  usage: [
    'nx-pypi status [PACKAGE …] [--json] [OPTIONS]',
    '',
    ...RUN_USAGE,
    '',
    'Packages with one and the same reason are shown as one; --json has each. nx-pypi why PACKAGE tells all of one.',
  ],
  run: (args, terminal) =>
    withPlan(args, terminal, ({ detections, scene }, json) => {
      const rows = [...detections.values()].map(statusRow);
      if (json) terminal.out(JSON.stringify({ packages: rows, problems: scene.problems }, null, 2));
      else for (const line of statusLines(rows)) terminal.out(line);
      tellProblemsApart(scene.problems, terminal);
      return rows.some((row) => row.verdict === 'unknown') || scene.problems.length > 0 ? 1 : 0;
    }),
};
