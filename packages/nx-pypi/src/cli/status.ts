import { describeReason, type Change, type Detection } from '@nx-pypi/release';
import type { Command } from './command.ts';
import { withPlan } from './planned-run.ts';
import { RUN_USAGE } from './run-arguments.ts';

export const statusCommand: Command = {
  name: 'status',
  summary: 'show every package beside what the registry holds of it; writes nothing',
  usage: ['nx-pypi status [PACKAGE …] [--json] [OPTIONS]', '', ...RUN_USAGE],
  run: (args, terminal) =>
    withPlan(args, terminal, ({ detections, scene }, json) => {
      const rows = [...detections.values()].map(rowOf);
      if (json) terminal.out(JSON.stringify({ packages: rows, problems: scene.problems }, null, 2));
      else for (const line of tableOf(rows)) terminal.out(line);
      return rows.some((row) => row.verdict === 'unknown') || scene.problems.length > 0 ? 1 : 0;
    }),
};

interface StatusRow {
  readonly name: string;
  readonly path: string;
  readonly local: string | null;
  readonly registry: string | null;
  readonly verdict: Change['kind'];
  readonly reason: string | null;
}

function rowOf({ package: pkg, change }: Detection): StatusRow {
  return {
    name: pkg.normalizedName,
    path: pkg.path,
    local: pkg.version.kind === 'static' || pkg.version.kind === 'file' ? pkg.version.text : null,
    registry: 'baseline' in change ? change.baseline.text : null,
    verdict: change.kind,
    reason: firstReason(change),
  };
}

function firstReason(change: Change): string | null {
  switch (change.kind) {
    case 'changed':
    case 'ahead':
      return change.reasons.map(describeReason)[0] ?? null;
    case 'incomplete':
      return `lacks its ${change.missing.join(' and ')}`;
    case 'superseded':
      return `released from ${change.theirs.slice(0, 12)}, which follows ${change.ours.slice(0, 12)}`;
    case 'unknown':
      return `${change.problem.code}: ${change.problem.message}`;
    case 'new':
    case 'unchanged':
      return null;
  }
}

function tableOf(rows: readonly StatusRow[]): readonly string[] {
  const cells = [
    ['package', 'local', 'registry', 'verdict', 'reason'],
    ...rows.map((row) => [row.name, row.local ?? '-', row.registry ?? '-', row.verdict, row.reason ?? '']),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
