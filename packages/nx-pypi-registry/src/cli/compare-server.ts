import type { Actor } from '../conformance/case.ts';
import { formatReport } from '../conformance/report.ts';
import { runConformance } from '../conformance/run.ts';
import type { ConformanceArguments } from './arguments.ts';
import type { Terminal } from './main.ts';

const variables: readonly (readonly [Actor, string])[] = [
  ['developer', 'NX_PYPI_TOKEN'],
  ['maintainer', 'NX_PYPI_TOKEN_MAINTAINER'],
  ['guest', 'NX_PYPI_TOKEN_GUEST'],
  ['outsider', 'NX_PYPI_TOKEN_OUTSIDER'],
  ['job', 'NX_PYPI_TOKEN_JOB'],
  ['foreign-job', 'NX_PYPI_TOKEN_FOREIGN_JOB'],
  ['deploy-read', 'NX_PYPI_TOKEN_DEPLOY_READ'],
  ['deploy-write', 'NX_PYPI_TOKEN_DEPLOY_WRITE'],
];

/** Prints in what a server differs from GitLab. Returns 1 where it does. */
export async function compareServer(args: ConformanceArguments, terminal: Terminal): Promise<number> {
  const tokens = Object.fromEntries(
    variables.flatMap(([actor, variable]) => {
      const token = terminal.environment[variable];
      return token === undefined || token === '' ? [] : [[actor, token]];
    }),
  );
  const report = await runConformance({
    url: args.url,
    project: args.project,
    ...(args.group === null ? {} : { group: args.group }),
    ...(args.publicProject === null ? {} : { publicProject: args.publicProject }),
    ...(args.emptyProject === null ? {} : { emptyProject: args.emptyProject }),
    ...(args.protectedName === null ? {} : { protectedName: args.protectedName }),
    tokens,
    patience: args.patience * 1000,
  });
  terminal.out(formatReport(report));
  return report.results.some((result) => result.outcome === 'different') ? 1 : 0;
}
