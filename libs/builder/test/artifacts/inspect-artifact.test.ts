import { header } from '@nx-pypi/standards';
import { tarGzWith, zipWith } from '@nx-pypi/testkit';
import { expect, it } from 'vitest';
import { inspectArtifact } from '../../src/artifacts/inspect-artifact.ts';
import { METADATA, wheelWith } from '../setting/archives.ts';

const FIELDS =
  'format = "1"\nrepository = "gitlab.example/o/s"\npath = "violin"\nrevision = "abc"\ndirty = "true"\ndigest = "1:ab"\n';
const provenance = {
  format: 1,
  repository: 'gitlab.example/o/s',
  path: 'violin',
  revision: 'abc',
  ref: '',
  dirty: true,
  pipeline: '',
  tool: '',
  digest: '1:ab',
  declared: { strings: '>=1,<2' },
};

async function provenanceIn(files: Readonly<Record<string, string>>): Promise<unknown> {
  const members = Object.entries({ 'PKG-INFO': METADATA, ...files });
  const file = await tarGzWith(
    'violin-1.0.0.tar.gz',
    members.map(([name, content]) => ({ name: `violin-1.0.0/${name}`, content })),
  );
  const facts = await inspectArtifact(file, 'violin-1.0.0.tar.gz');
  return facts.kind === 'found' ? facts.value.provenance : facts.problem;
}

it('reads the metadata of a wheel, which has no provenance', async () => {
  const facts = await inspectArtifact(await wheelWith(), 'violin-1.0.0-py3-none-any.whl');
  expect(facts).toMatchObject({ kind: 'found', value: { kind: 'wheel', provenance: null } });
  expect(facts.kind === 'found' && header(facts.value.metadata, 'Summary')).toBe('Four strings');
});

it.each([
  [
    'pyproject.toml',
    {
      'pyproject.toml': `[tool.nx-pypi.provenance]\n${FIELDS}[tool.nx-pypi.provenance.declared]\nstrings = ">=1,<2"\n`,
    },
  ],
  [
    'setup.cfg',
    {
      'setup.cfg': `[nx-pypi]\n${FIELDS.replaceAll('"', '')}declared =\n    strings: >=1,<2\n\n[egg_info]\ntag_build =\n`,
    },
  ],
  [
    'setup.cfg as setuptools writes it anew',
    { 'setup.cfg': `[nx-pypi]\n${FIELDS.replaceAll('"', '')}pipeline = \ndeclared = \n\tstrings: >=1,<2\n\n` },
  ],
])('I1: reads the provenance of an sdist from %s', async (_, files) => {
  expect(await provenanceIn(files)).toStrictEqual(provenance);
});

it.each([
  ['nothing', {}],
  ['no such table', { 'pyproject.toml': '[tool.nx-pypi]\npublish = true\n' }],
  ['text that is not TOML', { 'pyproject.toml': '[tool.nx-pypi.provenance\n' }],
  ['a table of another kind', { 'pyproject.toml': '[tool.nx-pypi.provenance]\nformat = "one"\n' }],
  ['a file that is not in the top folder', { 'inner/pyproject.toml': `[tool.nx-pypi.provenance]\n${FIELDS}` }],
])('I2: %s says nothing of the origin', async (_, files) => {
  expect(await provenanceIn(files)).toBeNull();
});

it('a wheel without metadata, or with two, is a problem', async () => {
  for (const names of [[], ['violin-1.0.0.dist-info/METADATA', 'viola-1.0.0.dist-info/METADATA']]) {
    const file = await zipWith('v.whl', [['violin.py', ''], ...names.map((name) => [name, METADATA] as const)]);
    const facts = await inspectArtifact(file, 'violin-1.0.0-py3-none-any.whl');
    expect(facts).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_ARTIFACT_METADATA' } });
  }
});
