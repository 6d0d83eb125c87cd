import { expect, it } from 'vitest';
import type { CommitLog } from '../../src/commits/commit.ts';
import { release } from '../../src/release.ts';
import type { PackageSpec } from '../packages.ts';
import { createWorld, requestOf, run } from '../world.ts';

const SPECS: readonly PackageSpec[] = [
  { name: 'pitch', version: '1.4.2' },
  { name: 'brass', version: '0.3.0' },
  { name: 'lute', version: '2.0.0' },
];

async function auto(commits: CommitLog): Promise<Readonly<Record<string, string>>> {
  const world = createWorld();
  await run(world, { specs: SPECS, revision: '' });
  for (const { name } of SPECS) world.contents.set(name, 'new');
  const request = requestOf({ specs: SPECS });
  const versions = { ...request.versions, level: { kind: 'auto' } as const };
  const report = await release({ ...request, versions, dryRun: true }, { ...world.ports, commits });
  return Object.fromEntries(
    report.results.map(({ name, outcome }) => [
      name,
      outcome.kind === 'planned'
        ? outcome.release.version
        : outcome.kind === 'failed'
          ? (outcome.problems[0]?.code ?? '')
          : '',
    ]),
  );
}

const history = [
  { revision: 'c', message: 'feat!: valves', files: ['packages/brass/brass.py'] },
  { revision: 'b', message: 'feat: quarter tones', files: ['packages/pitch/pitch.py'] },
  { revision: 'a', message: 'polish', files: ['packages/lute/lute.py', 'packages/pitch/pitch.py'] },
];

it('E2: auto takes each package’s level from its own commits since the baseline', async () => {
  const outcomes = await auto({
    since: (revision) => Promise.resolve({ kind: 'found', value: revision === 'start' ? history : [] }),
    released: () => Promise.resolve({ kind: 'found', value: 'start' }),
  });
  expect(outcomes).toEqual({ brass: '0.4.0', lute: '2.0.1', pitch: '1.5.0' });
});

it('E2: a history that does not reach the baseline stops the package and is never a patch', async () => {
  const problem = { code: 'NXPYPI_STALE_CHECKOUT', message: 'too shallow', hint: 'git fetch --unshallow origin' };
  const outcomes = await auto({
    since: () => Promise.resolve({ kind: 'problem', problem }),
    released: (pkg) =>
      Promise.resolve(pkg.name === 'lute' ? { kind: 'problem', problem } : { kind: 'found', value: 'start' }),
  });
  expect(outcomes).toEqual({ brass: problem.code, lute: problem.code, pitch: problem.code });
});
