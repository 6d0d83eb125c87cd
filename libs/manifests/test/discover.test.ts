import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discoverPackages, internalDeclarations } from '../src/index.ts';
import { discover, onlyPackage, readerOf } from './reader-of.ts';

const project = (name: string, rest = ''): string => `[project]\nname = "${name}"\nversion = "1.0"\n${rest}`;

describe('discoverPackages', () => {
  it('finds packages of every dialect, ordered by path, and passes other files over', () => {
    const { packages, problems } = discover({
      'wood/oboe/setup.py': 'from setuptools import setup\nsetup(name="oboe", version="1.0")\n',
      'brass/tuba/pyproject.toml': project('tuba'),
      'wood/flute/setup.cfg': '[metadata]\nname = flute\nversion = 1.0\n',
      'brass/horn/pyproject.toml': '[tool.poetry]\nname = "horn"\nversion = "1.0"\n',
      'brass/horn/poetry.lock': 'not a manifest',
      'pyproject.toml': '[tool.ruff]\nline-length = 120\n',
    });
    expect(packages.map(({ path, name, dialect }) => `${path} ${name} ${dialect}`)).toEqual([
      'brass/horn horn poetry',
      'brass/tuba tuba pep621',
      'wood/flute flute setup-cfg',
      'wood/oboe oboe setup-py',
    ]);
    expect(problems).toEqual([]);
  });

  it('finds a package in the workspace root', () => {
    expect(onlyPackage({ 'pyproject.toml': project('hall') })).toMatchObject({ path: '.', manifest: 'pyproject.toml' });
  });

  it.each([
    ['a workspace root', '[tool.uv.workspace]\nmembers = ["*"]\n'],
    ['tool configuration', '[tool.black]\nline-length = 100\n'],
    ['[project] for tools alone', '[project]\nrequires-python = ">=3.9"\n'],
    ['package-mode = false', '[tool.poetry]\nname = "a"\nversion = "1"\npackage-mode = false\n'],
  ])('does not take %s for a package, and says nothing', (_what, text) => {
    expect(discover({ 'pyproject.toml': text })).toEqual({ packages: [], problems: [] });
  });

  it('A1: lists what uv is told not to build, as a package that is not published', () => {
    expect(onlyPackage({ 'pyproject.toml': project('hall', '[tool.uv]\npackage = false\n') }).settings.publish).toBe(
      false,
    );
    const asked = project('hall', '[tool.uv]\npackage = false\n[tool.nx-pypi]\npublish = true\n');
    expect(onlyPackage({ 'pyproject.toml': asked }).settings.publish).toBe(true);
  });

  it('asks the older dialects where pyproject.toml only names a build system', () => {
    const files = {
      'tuba/pyproject.toml': '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
      'tuba/setup.cfg': '[metadata]\nname = tuba\nversion = 1.0\n',
    };
    expect(onlyPackage(files)).toMatchObject({ dialect: 'setup-cfg', backend: 'setuptools.build_meta' });
  });

  it.each([
    ['NXPYPI_BAD_TOML', '[project\nname = "tuba"\n', 'brass/tuba/pyproject.toml:1'],
    ['NXPYPI_TEMPLATE', '[project]\nname = {{ cookiecutter.name }}\n', 'brass/tuba/pyproject.toml:2'],
    ['NXPYPI_EMPTY_MANIFEST', '', 'brass/tuba/pyproject.toml'],
    ['NXPYPI_NAME_MISSING', '[project]\nversion = "1"\n[build-system]\n', 'brass/tuba/pyproject.toml'],
  ])('%s leaves the other folders alone', (code, text, where) => {
    const { packages, problems } = discover({
      'brass/tuba/pyproject.toml': text,
      'brass/horn/pyproject.toml': project('horn'),
    });
    expect(packages.map(({ name }) => name)).toEqual(['horn']);
    expect(problems).toMatchObject([{ code, where }]);
  });

  it('reports a manifest that is not UTF-8 and takes nothing else of its folder', () => {
    const files = { 'tuba/setup.py': 'from setuptools import setup\nsetup(name="tuba", version="1")\n' };
    const { packages, problems } = discoverPackages(['tuba/pyproject.toml', 'tuba/setup.py'], readerOf(files));
    expect(packages).toEqual([]);
    expect(problems).toMatchObject([{ code: 'NXPYPI_NOT_UTF8', where: 'tuba/pyproject.toml' }]);
  });

  it('A2: lists both packages of one normalised name, with one problem that names both files', () => {
    const { packages, problems } = discover({
      'a/pyproject.toml': project('Bass.Tuba'),
      'b/pyproject.toml': project('bass-tuba'),
      'c/pyproject.toml': project('horn'),
    });
    expect(packages).toHaveLength(3);
    expect(problems).toMatchObject([
      {
        code: 'NXPYPI_DUPLICATE_NAME',
        message: "'bass-tuba' is the name of 2 packages: a/pyproject.toml, b/pyproject.toml.",
        where: 'a/pyproject.toml',
      },
    ]);
  });

  it('lists a package whose name no distribution may have, with a problem', () => {
    const { packages, problems } = discover({ 'pyproject.toml': project('<REPLACE ME>') });
    expect(packages).toHaveLength(1);
    expect(problems).toMatchObject([{ code: 'NXPYPI_INVALID_NAME' }]);
  });

  it('never throws, whatever the manifests hold', () => {
    const value = fc.constantFrom('"tuba"', '1', '[]', '{}', '["a>=1", 2, {x=1}]', '{path=".."}', 'true', '[[]]', '""');
    const header = fc.constantFrom(
      'project',
      'build-system',
      'tool.poetry',
      'tool.poetry.dependencies',
      'tool.poetry.group',
      'tool.poetry.extras',
      'dependency-groups',
      'tool.uv',
      'tool.uv.sources',
      'tool.pdm.dev-dependencies',
      'tool.hatch.version',
      'tool.setuptools.dynamic',
      'project.optional-dependencies',
    );
    const key = fc.constantFrom(
      'name',
      'version',
      'dynamic',
      'dependencies',
      'requires',
      'build-backend',
      'package',
      'path',
      'include-group',
      'python',
      'dev',
    );
    const line = fc.tuple(key, value).map(([name, text]) => `${name} = ${text}`);
    const table = fc.tuple(header, fc.uniqueArray(line, { selector: (text) => text.split(' ')[0] }));
    const document = fc
      .uniqueArray(table, { selector: ([name]) => name })
      .map((tables) => tables.map(([name, lines]) => `[${name}]\n${lines.join('\n')}\n`).join(''));
    fc.assert(
      fc.property(document, (text) => {
        const { packages, problems } = discover({ 'a/pyproject.toml': text, 'a/setup.cfg': text });
        expect(packages.length + problems.length).toBeGreaterThanOrEqual(0);
        for (const problem of problems) {
          expect(problem).toMatchObject({
            code: expect.stringMatching(/^NXPYPI_[A-Z0-9_]+$/),
            message: expect.stringMatching(/\.$/),
            hint: expect.stringMatching(/\.$/),
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});

it('internalDeclarations leaves out other names and the package itself', () => {
  const rest = 'dependencies = ["Horn>=1", "numpy"]\n[project.optional-dependencies]\nall = ["tuba[loud]", "drum"]\n';
  const pkg = onlyPackage({ 'pyproject.toml': project('tuba', rest) });
  const names = internalDeclarations(pkg, new Set(['tuba', 'horn', 'drum'])).map(({ kind, name }) => `${kind} ${name}`);
  expect(names).toEqual(['runtime Horn', 'extra drum']);
});
