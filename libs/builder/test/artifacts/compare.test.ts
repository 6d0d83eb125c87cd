import { describe, expect, it } from 'vitest';
import type { Comparison } from '@nx-pypi/release';
import { tarGzWith, type Tree } from '@nx-pypi/testkit';
import { compareArtifacts } from '../../src/artifacts/compare/compare-artifacts.ts';
import { METADATA, wheelWith } from '../setting/archives.ts';

const INFO = 'violin-1.0.0.dist-info';

async function compareWheels(ours: Tree, theirs: Tree = {}): Promise<Comparison | string> {
  const compared = await compareArtifacts('wheel', await wheelWith(ours), await wheelWith(theirs));
  return compared.kind === 'found' ? compared.value : compared.problem.code;
}

function withMetadata(from: string, to: string): Tree {
  return { [`${INFO}/METADATA`]: METADATA.replace(from, to) };
}

describe('D5: does not count', () => {
  it.each<[string, Tree]>([
    ['nothing at all', {}],
    ['RECORD', { [`${INFO}/RECORD`]: 'other,,\n' }],
    [
      'the Generator of WHEEL',
      {
        [`${INFO}/WHEEL`]:
          'Wheel-Version: 1.0\r\nGenerator: luthier 2\r\nTag: py3-none-any\r\nRoot-Is-Purelib: true\r\n',
      },
    ],
    ['the metadata version', withMetadata('Metadata-Version: 2.4', 'Metadata-Version: 2.1')],
    ['Dynamic', withMetadata('Summary', 'Dynamic: version\nSummary')],
    [
      'header order',
      withMetadata(
        'Summary: Four strings\nRequires-Python: >=3.9\n',
        'Requires-Python: >=3.9\nSummary: Four strings\n',
      ),
    ],
    [
      'the order and spelling of requirements',
      withMetadata(
        'Requires-Dist: strings<2,>=1.2\nRequires-Dist: rosin; extra == "care"',
        `Requires-Dist: rosin ; extra == 'care'\nRequires-Dist: Strings (>=1.2,<2)`,
      ),
    ],
    ['a range written otherwise', withMetadata('strings<2,>=1.2', 'strings>=1.2,<2,!=2.5')],
    [
      'where licence files lie',
      { [`${INFO}/licenses/LICENSE`]: '', [`${INFO}/LICENSE`]: 'MIT', ...withMetadata('License-File: LICENSE\n', '') },
    ],
    ['the spelling of the name', withMetadata('Name: violin', 'Name: Violin')],
    [
      'an unknown field of old backends',
      withMetadata('Summary: Four strings', 'Summary: Four strings\nHome-page: UNKNOWN'),
    ],
  ])('%s', async (_, ours) => {
    expect(await compareWheels(ours)).toStrictEqual({ kind: 'same' });
  });
});

describe('D8: reasons are values', () => {
  it.each([
    ['hatchling 1.28.0', 'hatchling 1.28.0'],
    ['setuptools (80.9.0)', 'setuptools 80.9.0'],
    ['bdist_wheel (0.38.4)', 'bdist_wheel 0.38.4'],
  ])('with the build tools where they differ: %s', async (generator, after) => {
    const ours = { [`${INFO}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: ${generator}\nTag: py2-none-any\n` };
    expect(await compareWheels(ours)).toMatchObject({ kind: 'different', makers: { before: 'luthier 1.0', after } });
  });

  it('files added, removed and modified', async () => {
    const ours = { 'violin/__init__.py': 'strings = 5\n', 'violin/bow.py': 'new', 'violin/.hidden': 'x' };
    expect(await compareWheels(ours, { 'violin/old.py': 'x' })).toStrictEqual({
      kind: 'different',
      reasons: [
        {
          kind: 'files',
          added: ['violin/.hidden', 'violin/bow.py'],
          removed: ['violin/old.py'],
          modified: ['violin/__init__.py'],
        },
      ],
    });
  });

  it('a changed licence, entry point and tag', async () => {
    const ours = {
      [`${INFO}/licenses/LICENSE`]: 'BSD',
      [`${INFO}/entry_points.txt`]: '[console_scripts]\nplay = violin:play\n',
      [`${INFO}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: luthier 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n',
    };
    expect(await compareWheels(ours)).toStrictEqual({
      kind: 'different',
      reasons: [
        {
          kind: 'files',
          added: ['*.dist-info/entry_points.txt'],
          removed: [],
          modified: ['*.dist-info/WHEEL', 'licence LICENSE'],
        },
      ],
    });
  });

  it('a dependency range', async () => {
    expect(await compareWheels(withMetadata('strings<2,>=1.2', 'strings<3,>=2'))).toStrictEqual({
      kind: 'different',
      reasons: [{ kind: 'dependency-range', dependency: 'strings', before: '<2,>=1.2', after: '<3,>=2' }],
    });
  });

  it('metadata fields, dependencies that came and went among them', async () => {
    const ours = METADATA.replace('Four strings', 'Five strings')
      .replace('rosin; extra == "care"', 'rosin; python_version < "3.12"\nRequires-Dist: bow>=1')
      .replace('# Violin', '# Viola');
    expect(await compareWheels({ [`${INFO}/METADATA`]: ours })).toStrictEqual({
      kind: 'different',
      reasons: [
        {
          kind: 'metadata',
          fields: [
            { field: 'Summary', before: ['Four strings'], after: ['Five strings'] },
            { field: 'Description', before: ['# Violin'], after: ['# Viola'] },
            {
              field: 'Requires-Dist',
              before: ['rosin; extra == "care"'],
              after: ['bow>=1', 'rosin; python_version < "3.12"'],
            },
          ],
        },
      ],
    });
  });

  it('a damaged archive is a problem, never a difference', async () => {
    const whole = await wheelWith();
    const compared = await compareArtifacts('wheel', whole, MISSING);
    expect(compared).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_ARCHIVE_UNREADABLE' } });
  });
});

const MISSING = '/no/such/violin-1.0.0-py3-none-any.whl';

describe('D5: sdists', () => {
  const provenance =
    '\n[tool.nx-pypi.provenance]\ndigest = "1:ab"\n\n[tool.nx-pypi.provenance.declared]\nstrings = ">=1"\n';
  const sdist = (changes: Tree = {}): Promise<string> => {
    const members: Tree = {
      'PKG-INFO': METADATA,
      'pyproject.toml': '[project]\nname = "violin"\n',
      'pyproject.toml.orig': '[project]\nname = "violin"\n',
      'setup.cfg': '[egg_info]\ntag_build = \n',
      'violin.egg-info/SOURCES.txt': 'a',
      'violin.py': 'strings = 4\n',
      ...changes,
    };
    const entries = Object.entries(members).map(([path, content]) => ({
      name: `violin-1.0.0/${path}`,
      content: String(content),
    }));
    return tarGzWith('violin-1.0.0.tar.gz', entries);
  };

  it.each<[string, Tree]>([
    ['our provenance in pyproject.toml', { 'pyproject.toml': `[project]\nname = "violin"\n${provenance}` }],
    [
      'our provenance in the copy of pyproject.toml that uv_build keeps',
      { 'pyproject.toml.orig': `[project]\nname = "violin"\n${provenance}` },
    ],
    [
      'our provenance in setup.cfg',
      { 'setup.cfg': '[egg_info]\ntag_build = \n\n[nx-pypi]\ndigest = 1:ab\ndeclared =\n    strings: >=1\n' },
    ],
    ['what setuptools lists', { 'violin.egg-info/SOURCES.txt': 'b' }],
  ])('do not count %s', async (_, changes) => {
    const compared = await compareArtifacts('sdist', await sdist(changes), await sdist());
    expect(compared).toStrictEqual({ kind: 'found', value: { kind: 'same' } });
  });

  it('count every other change of a manifest', async () => {
    const changed = {
      'pyproject.toml': `[project]\nname = "violin"\n[tool.nx-pypi]\ninclude = ["x"]\n${provenance}`,
      'setup.cfg': '[egg_info]\ntag_build = dev\n',
    };
    const compared = await compareArtifacts('sdist', await sdist(changed), await sdist());
    expect(compared.kind === 'found' && compared.value).toMatchObject({
      reasons: [{ kind: 'files', modified: ['pyproject.toml', 'setup.cfg'] }],
    });
  });
});
