import { describe, expect, it } from 'vitest';
import { originOf, type History, type Relation } from '../../../src/detect/baseline/origin.ts';
import type { Provenance } from '../../../src/model/provenance.ts';
import { describeOutcome } from '../../../src/report/describe-outcome.ts';
import { packageOf } from '../../packages.ts';
import { createWorld, run, versionOf } from '../../world.ts';

const HOUSE = 'gitlab.example/orchestra/house';
const PITCH = packageOf({ name: 'pitch' });
const BASELINE = { version: versionOf('1.4.2'), text: '1.4.2', files: [], yanked: false };

function provenance(more: Partial<Provenance> = {}): Provenance {
  return {
    format: 1,
    repository: HOUSE,
    path: 'packages/pitch',
    revision: 'a'.repeat(40),
    ref: 'main',
    dirty: false,
    pipeline: '',
    tool: 'nx-pypi/1.0.0',
    digest: '1:0',
    declared: {},
    ...more,
  };
}

function history(relation: Relation, more: Partial<History> = {}): History {
  return {
    repository: HOUSE,
    revision: 'b'.repeat(40),
    adopted: new Set(),
    allowDiverged: false,
    relation: () => Promise.resolve(relation),
    ...more,
  };
}

describe('C5: a baseline of another repository', () => {
  const foreign = provenance({ repository: 'gitlab.example/soloists/pitch' });

  it('stops the package until it is adopted, and names both', async () => {
    const origin = await originOf(PITCH, BASELINE, foreign, history('same'));
    expect(origin).toMatchObject({
      kind: 'stop',
      problem: {
        code: 'NXPYPI_FOREIGN_BASELINE',
        message: `pitch 1.4.2 in the registry was released from gitlab.example/soloists/pitch, not from ${HOUSE}`,
        hint: expect.stringContaining('"gitlab.example/soloists/pitch"'),
      },
    });
    const adopted = history('diverged', { adopted: new Set(['gitlab.example/soloists/pitch']) });
    expect(await originOf(PITCH, BASELINE, foreign, adopted)).toEqual({ kind: 'ours' });
  });

  it('is not presumed where one of the two has no remote', async () => {
    expect(await originOf(PITCH, BASELINE, foreign, history('ancestor', { repository: '' }))).toEqual({ kind: 'ours' });
    const nameless = provenance({ repository: '' });
    expect(await originOf(PITCH, BASELINE, nameless, history('ancestor'))).toEqual({ kind: 'ours' });
  });
});

describe('C6: where the baseline was released from', () => {
  it.each<[Relation, unknown]>([
    ['same', { kind: 'ours' }],
    ['ancestor', { kind: 'ours' }],
    ['descendant', { kind: 'superseded', theirs: 'a'.repeat(40), ours: 'b'.repeat(40) }],
    ['diverged', { kind: 'stop', problem: { code: 'NXPYPI_DIVERGED' } }],
    [
      'unknown',
      { kind: 'stop', problem: { code: 'NXPYPI_STALE_CHECKOUT', hint: expect.stringContaining('git fetch') } },
    ],
  ])('%s', async (relation, expected) => {
    const origin = await originOf(PITCH, BASELINE, provenance(), history(relation));
    expect(origin).toMatchObject(expected as object);
  });

  it('diverged is let through by --allow-diverged alone', async () => {
    const allowed = history('diverged', { allowDiverged: true });
    expect(await originOf(PITCH, BASELINE, provenance(), allowed)).toEqual({ kind: 'ours' });
  });

  it('nothing is asked without provenance, or outside git', async () => {
    const silent = history('diverged', { relation: () => Promise.reject(new Error('asked')) });
    expect(await originOf(PITCH, BASELINE, null, silent)).toEqual({ kind: 'ours' });
    expect(await originOf(PITCH, BASELINE, provenance({ revision: '' }), silent)).toEqual({ kind: 'ours' });
    expect(await originOf(PITCH, BASELINE, provenance(), { ...silent, revision: '' })).toEqual({ kind: 'ours' });
  });
});

it('C6: retrying last week’s pipeline releases nothing, succeeds and names both commits', async () => {
  const specs = [{ name: 'pitch', version: '1.4.2' }];
  const world = createWorld();
  world.git.commits.push('last week', 'yesterday', 'today');
  const contents = new Map([
    ['last week', 'old tuning'],
    ['yesterday', 'new tuning'],
    ['today', 'new tuning'],
  ]);
  for (const [revision, content] of contents) {
    world.git.head = revision;
    world.contents.set('pitch', content);
    await run(world, { specs });
  }
  for (const level of ['patch', 'major'] as const) {
    world.git.head = 'last week';
    world.contents.set('pitch', 'old tuning');
    const { report, outcomes } = await run(world, { specs, level });
    expect(outcomes).toEqual({ pitch: 'superseded 1.4.3' });
    expect(report.results.map(({ outcome }) => describeOutcome(outcome))).toEqual([
      '1.4.3 is up to date: the registry holds a newer commit of it (yesterday follows last week)',
    ]);
    expect(report.problems).toEqual([]);
    expect(world.uploads).toEqual([]);
  }
  expect(world.files.get('pitch')?.at(-1)?.content).toBe('new tuning');
});
