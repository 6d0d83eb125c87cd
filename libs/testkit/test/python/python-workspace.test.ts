import { type Backend, type PackageSpec, pythonRepository, pythonWorkspace } from '@nx-pypi/testkit';
import { describe, expect, test } from 'vitest';

const flour: PackageSpec = { name: 'bakery-flour' };

function manifestOf(spec: Omit<PackageSpec, 'name'>): string {
  return pythonWorkspace([{ name: 'Bakery.Bread', path: 'bread', ...spec }, flour])['bread/pyproject.toml'] ?? '';
}

describe('pythonWorkspace', () => {
  test('a name alone is a package: manifest and module', () => {
    expect(pythonWorkspace([flour])).toMatchInlineSnapshot(`
      {
        "packages/bakery-flour/pyproject.toml": "[build-system]
      requires = ["hatchling>=1.21"]
      build-backend = "hatchling.build"

      [project]
      name = "bakery-flour"
      version = "1.0.0"
      description = "Generated package bakery-flour"
      requires-python = ">=3.9"
      ",
        "packages/bakery-flour/src/bakery_flour/__init__.py": """"Generated package bakery-flour."""

      NAME = "bakery-flour"
      ",
      }
    `);
  });

  const everything: Omit<PackageSpec, 'name'> = {
    version: '1.4.2',
    dependencies: ['bakery-oven[gas,coal]>=2,<3; python_version >= "3.9"', 'bakery-salt', { local: 'bakery-flour' }],
    extras: { rye: ['bakery-rye~=1.0'] },
    groups: { dev: ['bakery-taster'] },
    publish: false,
  };

  test('everything at once, for a backend that reads [project]', () => {
    expect(manifestOf({ backend: 'hatchling', ...everything })).toMatchInlineSnapshot(`
      "[build-system]
      requires = ["hatchling>=1.21"]
      build-backend = "hatchling.build"

      [project]
      name = "Bakery.Bread"
      version = "1.4.2"
      description = "Generated package Bakery.Bread"
      requires-python = ">=3.9"
      dependencies = [
        "bakery-oven[gas,coal]>=2,<3; python_version >= \\"3.9\\"",
        "bakery-salt",
        "bakery-flour",
      ]

      [project.optional-dependencies]
      rye = ["bakery-rye~=1.0"]

      [dependency-groups]
      dev = ["bakery-taster"]

      [tool.uv.sources]
      bakery-flour = { workspace = true }

      [tool.nx-pypi]
      publish = false
      "
    `);
  });

  test("everything at once, in Poetry's tables", () => {
    expect(manifestOf({ backend: 'poetry-core', ...everything })).toMatchInlineSnapshot(`
      "[tool.poetry]
      name = "Bakery.Bread"
      version = "1.4.2"
      description = "Generated package Bakery.Bread"
      authors = ["The Orchestra <orchestra@example.org>"]

      [tool.poetry.dependencies]
      python = ">=3.9"
      bakery-oven = { version = ">=2,<3", extras = ["gas", "coal"], markers = "python_version >= \\"3.9\\"" }
      bakery-salt = "*"
      bakery-flour = { path = "../packages/bakery-flour", develop = true }
      bakery-rye = { version = "~=1.0", optional = true }

      [tool.poetry.extras]
      rye = ["bakery-rye"]

      [tool.poetry.group.dev.dependencies]
      bakery-taster = "*"

      [tool.nx-pypi]
      publish = false

      [build-system]
      requires = ["poetry-core>=1.5"]
      build-backend = "poetry.core.masonry.api"
      "
    `);
  });

  test.for<[Backend, string]>([
    ['hatchling', 'hatchling.build'],
    ['setuptools', 'setuptools.build_meta'],
    ['poetry-core', 'poetry.core.masonry.api'],
    ['flit', 'flit_core.buildapi'],
    ['pdm-backend', 'pdm.backend'],
    ['uv_build', 'uv_build'],
  ])('%s names its build backend %s and writes no empty table', ([backend, module]) => {
    const manifest = manifestOf({ backend });
    expect(manifest).toContain(`build-backend = "${module}"\n`);
    expect(manifest).not.toMatch(/^\[.+\]\n(?!\S+ = )/m);
  });

  test('the module is named after the normalised name, whatever the spelling', () => {
    expect(Object.keys(pythonWorkspace([{ name: 'Bakery.Rye--Bread', path: '.' }]))).toEqual([
      'pyproject.toml',
      'src/bakery_rye_bread/__init__.py',
    ]);
  });

  test('files given with the spec are added, and replace generated ones', () => {
    const tree = pythonWorkspace([{ ...flour, files: { 'pyproject.toml': '# none\n', 'tests/test_flour.py': '' } }]);
    expect(tree['packages/bakery-flour/pyproject.toml']).toBe('# none\n');
    expect(tree['packages/bakery-flour/tests/test_flour.py']).toBe('');
  });

  test('a local dependency on a package that is not there is a mistake in the test', () => {
    expect(() => pythonWorkspace([{ ...flour, dependencies: [{ local: 'bakery-mill' }] }])).toThrow('bakery-mill');
  });

  test('so are two packages in one folder, or of one name', () => {
    const salt = { name: 'bakery-salt', path: 'packages/bakery-flour' };
    expect(() => pythonWorkspace([flour, salt])).toThrow('two packages share a path');
    expect(() => pythonWorkspace([flour, { ...flour, path: 'flour' }])).toThrow('two packages share a name');
  });

  test('uv finds local dependencies: members by workspace, Poetry packages, which cannot be members, by path', () => {
    const tree = pythonWorkspace([
      { name: 'bakery-bread', dependencies: [{ local: 'bakery-flour' }, { local: 'bakery-yeast' }] },
      flour,
      { name: 'bakery-yeast', backend: 'poetry-core', path: 'tools/yeast' },
    ]);
    expect(tree['pyproject.toml']).toMatchInlineSnapshot(`
      "[tool.uv.workspace]
      members = [
        "packages/bakery-bread",
        "packages/bakery-flour",
      ]

      [tool.uv.sources]
      bakery-bread = { workspace = true }
      bakery-flour = { workspace = true }
      bakery-yeast = { path = "tools/yeast", editable = true }
      "
    `);
    expect(tree['packages/bakery-bread/pyproject.toml']).toContain(
      'bakery-flour = { workspace = true }\nbakery-yeast = { path = "../../tools/yeast", editable = true }\n',
    );
  });
});

test('pythonRepository is a workspace on disk, committed', async () => {
  const { git } = await pythonRepository([flour, { name: 'bakery-bread', dependencies: [{ local: 'bakery-flour' }] }]);
  expect(await git('ls-files')).toBe(
    [
      'packages/bakery-bread/pyproject.toml',
      'packages/bakery-bread/src/bakery_bread/__init__.py',
      'packages/bakery-flour/pyproject.toml',
      'packages/bakery-flour/src/bakery_flour/__init__.py',
      'pyproject.toml',
    ].join('\n'),
  );
  expect(await git('status', '--porcelain')).toBe('');
});
