import type { Goal } from './goal.ts';

/** What is to be reached, in the order of the stages. Seconds are processor time unless the clock is named. */
export const goals: readonly Goal[] = [
  {
    stage: 'graph',
    promise: '3,000 packages, 7,500 edges, cold, under 0.5 s',
    figure: { kind: 'below', row: 'graph-3000', side: 'nx-pypi', of: 'cpu', limit: 500 },
  },
  {
    stage: 'graph',
    promise: '3,000 packages with the manifests of the last command, under 0.5 s',
    figure: { kind: 'below', row: 'graph-3000', side: 'nx-pypi, manifests as last time', of: 'cpu', limit: 500 },
  },
  {
    stage: 'graph',
    promise: '1,000 packages, cold, 20 times faster than @nxlv/python',
    figure: { kind: 'times', row: 'graph-1000', side: '@nxlv/python', by: 'nx-pypi', of: 'cpu', atLeast: 20 },
  },
  {
    stage: 'graph',
    promise: 'the same by the clock',
    figure: { kind: 'times', row: 'graph-1000', side: '@nxlv/python', by: 'nx-pypi', of: 'median', atLeast: 20 },
  },
  {
    stage: 'registry',
    promise: 'the state of 1,000 packages over a line of 50 ms, under 2.5 s by the clock',
    figure: { kind: 'below', row: 'registry-read', side: 'nx-pypi', of: 'median', limit: 2500 },
  },
  {
    stage: 'registry',
    promise: 'the same 10 times faster than one request at a time, by the clock',
    figure: { kind: 'times', row: 'registry-read', side: 'one at a time', by: 'nx-pypi', of: 'median', atLeast: 10 },
  },
  {
    stage: 'plan',
    promise: '3,000 packages under 0.3 s',
    figure: { kind: 'below', row: 'plan', side: '3000', of: 'cpu', limit: 300 },
  },
  {
    stage: 'plan',
    promise: 'the same with graph and detection',
    figure: { kind: 'below', row: 'plan-growth', side: '3000', of: 'cpu', limit: 300 },
  },
  {
    stage: 'bump',
    promise: '1,000 packages written under 2 s',
    figure: { kind: 'below', row: 'bump', side: '1000 packages, minor, written', of: 'cpu', limit: 2000 },
  },
  {
    stage: 'build',
    promise: 'sdists and wheels of 60 packages 3 times faster than uv build, by the clock',
    figure: { kind: 'times', row: 'build-60', side: 'uv build', by: 'nx-pypi', of: 'median', atLeast: 3 },
  },
  {
    stage: 'build',
    promise: 'the same 30 times faster than python -m build, by the clock',
    figure: { kind: 'times', row: 'build-60', side: 'python -m build', by: 'nx-pypi', of: 'median', atLeast: 30 },
  },
  {
    stage: 'detect',
    promise: '600 unchanged packages of our own, nothing cached, under 10 s by the clock',
    figure: { kind: 'below', row: 'detect', side: 'cold', of: 'median', limit: 10_000 },
  },
  {
    stage: 'detect',
    promise: 'the same with warm caches under 2 s by the clock',
    figure: { kind: 'below', row: 'detect', side: 'warm', of: 'median', limit: 2000 },
  },
  {
    stage: 'detect',
    promise: '1,000 packages in less than 400 MiB',
    figure: { kind: 'below', row: 'job-growth', side: '1000', of: 'memory', limit: 400 },
  },
  {
    stage: 'publish',
    promise: '200 packages over a line of 30 ms 10 times faster than uv publish, by the clock',
    figure: { kind: 'times', row: 'publish-30', side: 'uv publish', by: 'nx-pypi', of: 'median', atLeast: 10 },
  },
  {
    stage: 'publish',
    promise: 'the same at 0.85 of the speed that the line alone allows',
    figure: { kind: 'times', row: 'publish-30', side: 'the line alone', by: 'nx-pypi', of: 'median', atLeast: 0.85 },
  },
  {
    stage: 'publish',
    promise: '3,000 packages in one run in less than 600 MiB',
    figure: { kind: 'below', row: 'publish-3000', side: 'all new', of: 'memory', limit: 600 },
  },
  {
    stage: 'job',
    promise: '3,000 unchanged packages cost less than twice what Nx itself costs',
    figure: { kind: 'times', row: 'job-in-nx', side: '3000 packages', by: '3000 project.json', of: 'cpu', atMost: 2 },
  },
  ...['graph', 'registry', 'digest', 'plan', 'bump', 'build', 'publish', 'job'].map((stage): Goal => ({
    stage,
    promise: 'grows no faster than n·log n',
    figure: { kind: 'growth', row: `${stage}-growth` },
  })),
];
