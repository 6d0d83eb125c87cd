import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../src/index.ts';
import { discover, onlyPackage } from '../reader-of.ts';

const BUILD = '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n';

function poetry(body: string): Readonly<Record<string, string>> {
  return { 'brass/tuba/pyproject.toml': `[tool.poetry]\nname = "Concert.Tuba"\nversion = "1.2.3"\n${body}\n${BUILD}` };
}

function declared(body: string, name: string): readonly Declaration[] {
  return onlyPackage(poetry(body)).declarations.filter(({ normalizedName }) => normalizedName === name);
}

describe('a Poetry manifest', () => {
  it('names the package, its version, its Python and its backend', () => {
    expect(
      onlyPackage(
        poetry('description = "low"\nclassifiers = ["Private :: x"]\n[tool.poetry.dependencies]\npython = "^3.9"'),
      ),
    ).toMatchObject({
      path: 'brass/tuba',
      name: 'Concert.Tuba',
      normalizedName: 'concert-tuba',
      dialect: 'poetry',
      version: {
        kind: 'static',
        text: '1.2.3',
        spots: [{ kind: 'toml', file: 'brass/tuba/pyproject.toml', keys: ['tool', 'poetry', 'version'] }],
      },
      backend: 'poetry.core.masonry.api',
      buildRequires: ['poetry-core'],
      requiresPython: '>=3.9,<4.0',
      description: 'low',
      classifiers: ['Private :: x'],
      files: ['brass/tuba/pyproject.toml'],
      declarations: [{ kind: 'build', name: 'poetry-core' }],
    });
  });

  it.each<[what: string, body: string, expected: Partial<Declaration>]>([
    [
      'a caret range',
      'horn = "^1.2"',
      { kind: 'runtime', written: '^1.2', specifier: '>=1.2,<2.0', directReference: false },
    ],
    ['any version', 'horn = "*"', { written: '*', specifier: '' }],
    [
      'a table',
      'horn = { version = "~1.2", extras = ["mute"], markers = "os_name == \'nt\'", python = "^3.9" }',
      {
        specifier: '>=1.2,<1.3',
        extras: ['mute'],
        marker: 'python_version >= "3.9" and python_version < "4.0" and os_name == \'nt\'',
      },
    ],
    [
      'a folder',
      'horn = { path = "../horn", develop = true }',
      { specifier: '', written: '../horn', directReference: true, source: { kind: 'path', path: 'brass/horn' } },
    ],
    ['a folder outside', 'horn = { path = "../../../horn" }', { source: { kind: 'path', path: null } }],
    [
      'a repository',
      'horn = { git = "https://hall.example/horn.git", tag = "v1" }',
      { specifier: '', directReference: true, source: { kind: 'url', url: 'https://hall.example/horn.git' } },
    ],
    [
      'a URL',
      'horn = { url = "https://hall.example/h.whl" }',
      { source: { kind: 'url', url: 'https://hall.example/h.whl' } },
    ],
    [
      'alternatives of Python versions',
      'horn = { version = "*", python = "<3.9 || >=3.12", platform = "linux" }',
      { marker: '(python_version < "3.9" or python_version >= "3.12") and sys_platform == "linux"' },
    ],
    [
      'a full Python version',
      'horn = { version = "*", python = ">=3.9.7" }',
      { marker: 'python_full_version >= "3.9.7"' },
    ],
  ])('declares %s', (_what, line, expected) => {
    expect(declared(`[tool.poetry.dependencies]\n${line}`, 'horn')).toMatchObject([expected]);
  });

  it('declares each of several constraints at its own spot', () => {
    const body =
      '[tool.poetry.dependencies]\nhorn = [{ version = "^1", python = "<3.9" }, { version = "^2", python = ">=3.9" }]';
    expect(declared(body, 'horn')).toMatchObject([
      { specifier: '>=1,<2', spot: { keys: ['tool', 'poetry', 'dependencies', 'horn', 0] } },
      { specifier: '>=2,<3', spot: { keys: ['tool', 'poetry', 'dependencies', 'horn', 1] } },
    ]);
  });

  it('puts a dependency into every extra that lists it, and an optional one in none into no metadata', () => {
    const body = `[tool.poetry.dependencies]
horn = { version = "^1", optional = true }
mute = { version = "^1", optional = true }
[tool.poetry.extras]
loud = ["Horn"]
all = ["horn"]`;
    expect(declared(body, 'horn')).toMatchObject([
      { kind: 'extra', group: 'loud' },
      { kind: 'extra', group: 'all' },
    ]);
    expect(declared(body, 'mute')).toMatchObject([{ kind: 'group', group: 'optional' }]);
  });

  it('reads groups of every generation', () => {
    const body = `[tool.poetry.dev-dependencies]
oboe = "^1"
[tool.poetry.group.stage.dependencies]
chair = "^2"
[dependency-groups]
test = ["stand>=3"]`;
    expect(onlyPackage(poetry(body)).declarations).toMatchObject([
      { kind: 'group', group: 'dev', name: 'oboe' },
      { kind: 'group', group: 'stage', name: 'chair' },
      { kind: 'build', name: 'poetry-core' },
      { kind: 'group', group: 'test', name: 'stand', specifier: '>=3' },
    ]);
  });

  it('keeps a dependency whose range cannot be said, with a problem', () => {
    const { packages, problems } = discover(poetry('[tool.poetry.dependencies]\nhorn = "1.2||1.3"\nlute = 3'));
    expect(packages[0]?.declarations[0]).toMatchObject({ name: 'horn', written: '1.2||1.3', specifier: '' });
    expect(problems.map(({ code, message }) => ({ code, message }))).toEqual([
      {
        code: 'NXPYPI_BAD_CONSTRAINT',
        message:
          "The Poetry dependency 'horn' in brass/tuba/pyproject.toml: '1.2||1.3' has alternatives that one PEP 440 specifier set cannot express.",
      },
      {
        code: 'NXPYPI_BAD_CONSTRAINT',
        message: "The Poetry dependency 'lute' in brass/tuba/pyproject.toml: is neither a constraint nor a table.",
      },
    ]);
  });
});

describe('Poetry 2, [project] beside [tool.poetry]', () => {
  const mixed = (project: string, tool: string): Readonly<Record<string, string>> => ({
    'pyproject.toml': `[project]\nname = "tuba"\n${project}\n[tool.poetry]\n${tool}\n${BUILD}`,
  });

  it('takes dependencies from [project] and their source from [tool.poetry]', () => {
    const files = mixed(
      'version = "1.0"\nrequires-python = ">=3.9"\ndependencies = ["horn>=1.2"]\n[project.optional-dependencies]\nloud = ["drum"]',
      '[tool.poetry.dependencies]\nhorn = { path = "horn" }',
    );
    expect(onlyPackage(files)).toMatchObject({
      dialect: 'poetry',
      requiresPython: '>=3.9',
      declarations: [
        { name: 'horn', specifier: '>=1.2', directReference: false, source: { kind: 'path', path: 'horn' } },
        { name: 'drum', kind: 'extra', group: 'loud' },
        { kind: 'build' },
      ],
    });
  });

  it('takes them from [tool.poetry] where [project] says that they are dynamic', () => {
    const files = mixed('version = "1.0"\ndynamic = ["dependencies"]', '[tool.poetry.dependencies]\nhorn = "^1.2"');
    expect(onlyPackage(files).declarations[0]).toMatchObject({
      name: 'horn',
      specifier: '>=1.2,<2.0',
      kind: 'runtime',
    });
  });

  it('keeps the version in every place that says the same', () => {
    expect(onlyPackage(mixed('version = "1.0"', 'version = "1.0"')).version).toMatchObject({
      text: '1.0',
      spots: [{ keys: ['project', 'version'] }, { keys: ['tool', 'poetry', 'version'] }],
    });
    expect(onlyPackage(mixed('dynamic = ["version"]', 'version = "2.0"')).version).toMatchObject({
      text: '2.0',
      spots: [{ keys: ['tool', 'poetry', 'version'] }],
    });
  });
});

describe('what is no Poetry package', () => {
  it.each([
    ['package-mode = false', '[tool.poetry]\nname = "hall"\nversion = "0"\npackage-mode = false\n'],
    ['configuration alone', '[[tool.poetry.source]]\nname = "hall"\nurl = "https://hall.example"\n'],
  ])('%s', (_what, text) => {
    expect(discover({ 'pyproject.toml': text })).toEqual({ packages: [], problems: [] });
  });

  it('is a [tool.poetry] left behind beside another backend', () => {
    const files = {
      'pyproject.toml':
        '[project]\nname = "tuba"\nversion = "2"\n[tool.poetry]\nname = "old"\nversion = "1"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
    };
    expect(onlyPackage(files)).toMatchObject({ dialect: 'pep621', name: 'tuba', version: { text: '2' } });
  });
});

it('builds with poetry-core where no [build-system] says so', () => {
  expect(onlyPackage({ 'pyproject.toml': '[tool.poetry]\nname = "tuba"\nversion = "1"\n' })).toMatchObject({
    backend: 'poetry.core.masonry.api',
    buildRequires: ['poetry-core'],
  });
});

it('knows that poetry-dynamic-versioning takes the version from source control', () => {
  const text =
    '[tool.poetry]\nname = "tuba"\nversion = "0.0.0"\n[tool.poetry-dynamic-versioning]\nenable = true\n[build-system]\nrequires = ["poetry-core", "poetry-dynamic-versioning"]\nbuild-backend = "poetry_dynamic_versioning.backend"\n';
  expect(onlyPackage({ 'pyproject.toml': text }).version).toEqual({
    kind: 'scm',
    tool: 'poetry-dynamic-versioning',
    override: 'POETRY_DYNAMIC_VERSIONING_BYPASS',
  });
});
