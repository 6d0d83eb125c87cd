import type { PackageResult, PlannedRelease } from '@nx-pypi/release';
import { expect, it } from 'vitest';
import { withNotes } from '../../src/bump/notes.ts';
import { openRun } from '../../src/compose/open-run.ts';
import { PLAIN_RUN } from '../../src/compose/request/run-options.ts';
import { runContext } from '../../src/executors/publish/publish-run.ts';
import { bakery, type Bakery } from '../cli/bakery.ts';

function planned(name: string, previous: string | null, version: string): PlannedRelease {
  const release = { name, path: name, verdict: 'changed', previous, version, chosen: false } as const;
  return { ...release, reasons: [], constraints: [], artifacts: [] };
}

async function notesFor({ root }: Bakery, releases: readonly PlannedRelease[]) {
  const said: string[] = [];
  const env = { PATH: process.env['PATH'], HOME: root };
  const opened = await openRun(runContext(root, { env, tags: new Map(), say: () => {} }), PLAIN_RUN);
  if (opened.kind === 'problem') throw new Error(opened.problem.message);
  const results = releases.map((release): PackageResult => ({
    name: release.name,
    path: release.path,
    outcome: { kind: 'planned', release },
  }));
  const noted = await withNotes({ results }, opened.value, (line) => void said.push(line));
  await opened.value.close();
  return { said, notes: Object.fromEntries(noted.results.map(({ name, notes }) => [name, notes])) };
}

it('a release has notes of the commits since what it follows, where no version is committed', async () => {
  const shop = await bakery();
  await shop.git('tag', 'flour-v1.4.1');
  await shop.commit('fix: grind finer', { 'flour/mill.py': 'fine' });
  await shop.git('tag', 'flour-v1.4.2');
  await shop.commit('feat: rye', { 'flour/rye.py': 'rye' });
  const { said, notes } = await notesFor(shop, [
    planned('flour', '1.4.2', '1.5.0'),
    planned('cake', null, '0.1.0'),
    planned('dough', '1.0.0', '1.0.0'),
  ]);
  expect(said).toEqual([]);
  expect(notes).toEqual({
    flour: 'Changes since 1.4.2:\n\n### Added\n\n- Rye\n',
    cake: 'First release.\n',
    dough: 'Files that 1.0.0 lacked.\n',
  });
});

it('a history that does not tell the commits is said in the notes and beside them, and stops nothing', async () => {
  const shop = await bakery();
  shop.shelf['bread'] = ['2.9.0'];
  const { said, notes } = await notesFor(shop, [planned('bread', '2.9.0', '3.0.0'), planned('cake', '0.1.0', '0.3.1')]);
  expect(said.join('\n')).toContain('NXPYPI_NO_HISTORY: nothing in this history says where bread 2.9.0 was released');
  expect(said.join('\n')).toContain('NXPYPI_NO_HISTORY: the registry no longer has cake 0.1.0');
  expect(notes['bread']).toMatch(/^The changes since 2\.9\.0 are not known: nothing in this history says .+\.\n$/);
  expect(notes['cake']).toBe('The changes since 0.1.0 are not known: the registry no longer has cake 0.1.0.\n');
});
