import { expect, it } from 'vitest';
import type { Reason } from '../../src/model/change.ts';
import type { PlannedRelease, ReleasePlan } from '../../src/model/plan.ts';
import { causePaths } from '../../src/why/cause-paths.ts';

const edited: Reason = { kind: 'files', added: [], removed: [], modified: ['tuning.py'] };

function needs(dependency: string): Reason {
  return { kind: 'dependency-range', dependency, before: '>=1,<2', after: '>=2,<3' };
}

function shares(...group: readonly string[]): Reason {
  return { kind: 'lockstep', group, version: '2.0.0' };
}

function planOf(reasons: Readonly<Record<string, readonly Reason[]>>): ReleasePlan {
  const releases = Object.entries(reasons).map(([name, own]): PlannedRelease => ({
    name,
    path: `packages/${name}`,
    verdict: 'changed',
    previous: '1.0.0',
    version: '1.0.1',
    chosen: false,
    reasons: own,
    constraints: [],
    artifacts: ['sdist', 'wheel'],
  }));
  return { format: 1, releases, kept: [], stopped: [], pending: [] };
}

it.each<[string, Readonly<Record<string, readonly Reason[]>>, readonly string[]]>([
  ['its own cause: no path', { violin: [edited] }, []],
  ['its own cause beside a range: no path', { violin: [edited, needs('strings')], strings: [edited] }, []],
  ['a range of a package from elsewhere is its own cause', { violin: [needs('numpy')] }, []],
  ['one step', { violin: [needs('strings')], strings: [edited] }, ['strings violin']],
  [
    'through others, package by package',
    { quartet: [needs('violin')], violin: [needs('strings')], strings: [needs('gut')], gut: [edited] },
    ['gut strings violin quartet'],
  ],
  [
    'the shortest of several ways',
    {
      quartet: [needs('violin')],
      violin: [needs('bow'), needs('strings')],
      bow: [needs('hair')],
      hair: [edited],
      strings: [edited],
    },
    ['strings violin quartet'],
  ],
  [
    'one for each range that moved',
    { quartet: [needs('violin'), needs('viola')], violin: [edited], viola: [edited] },
    ['violin quartet', 'viola quartet'],
  ],
  ['by lockstep', { violin: [shares('viola', 'violin')], viola: [edited] }, ['viola violin']],
  [
    'round a cycle',
    { violin: [needs('viola')], viola: [needs('violin'), needs('cello')], cello: [edited] },
    ['cello viola violin'],
  ],
  ['nobody began: none', { violin: [needs('viola')], viola: [needs('violin')] }, []],
])('F2: %s', (_, reasons, paths) => {
  const [name = ''] = Object.keys(reasons);
  expect(causePaths(planOf(reasons), name).map((steps) => steps.map((step) => step.name).join(' '))).toEqual(paths);
});

it('each step tells what led to it, the first one its own reasons only', () => {
  const [steps = []] = causePaths(
    planOf({ violin: [needs('strings'), needs('bow')], strings: [edited, needs('bow')], bow: [edited] }),
    'violin',
  );
  expect(steps.map(({ because }) => because)).toEqual([[edited], [needs('strings')]]);
});
