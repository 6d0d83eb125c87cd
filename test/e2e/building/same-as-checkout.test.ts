import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play } from '../detect/python-tools.ts';
import { artifactsOf, hallWith } from './hall.ts';
import { manifests } from './manifests.ts';
import { membersOf } from './members.ts';

/** What a release writes into a stage; everything else must be as in the checkout. */
const WRITTEN = /\.dist-info\/(?:METADATA|RECORD)$/;

describe('D1: the wheel of a stage is the one that python -m build makes in the checkout', () => {
  it.each(manifests)('$title', async ({ tree }) => {
    const hall = await hallWith({ ...tree, 'violin/tests/test_violin.py': 'def test_violin():\n    assert True\n' });
    const pkg = await hall.packageAt('violin');
    const dist = join(hall.repository.root, '.built');
    mkdirSync(dist);
    const scm = pkg.version.kind === 'scm' && pkg.version.override !== null ? { [pkg.version.override]: '1.0.0' } : {};
    const env = { SOURCE_DATE_EPOCH: '1580601600', PYTHONDONTWRITEBYTECODE: '1', ...scm };
    await play(
      'pyproject-build',
      ['--wheel', '--outdir', dist, '--installer', 'uv', join(hall.repository.root, 'violin')],
      {
        cwd: hall.repository.root,
        env,
      },
    );
    const theirs = await membersOf(join(dist, readdirSync(dist)[0] ?? ''));
    const { wheel } = artifactsOf(
      await hall.play(pkg, '1.0.0', { constraints: { strings: '>=1.2' }, provenance: null }),
    );
    const ours = await membersOf(wheel.file);
    expect([...ours.keys()]).toEqual([...theirs.keys()]);
    expect(unwritten(ours)).toEqual(unwritten(theirs));
  });
});

function unwritten(members: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...members].filter(([path]) => !WRITTEN.test(path)));
}
