/** For this repository's own end-to-end tests and benchmarks: a release without Nx around it. Not shipped. */
export { openRun, type OpenRun, type RunContext } from './compose/open-run.ts';
export { PLAIN_RUN, type RunOptions } from './compose/request/run-options.ts';
export type { NxPypiOptions } from './options.ts';
export { runCli } from './cli/run-cli.ts';
