import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { packageIn } from '../../src/dialect.ts';
import type { Reading } from '../../src/dialect.ts';
import type { PythonPackage } from '../../src/model.ts';
import { setupCfg } from '../../src/setup-cfg/index.ts';
import { discover, readerOf } from '../reader-of.ts';
import type { Files } from '../reader-of.ts';

function read(files: Files, folder = 'strings'): Reading {
  return setupCfg.read(folder, readerOf(files));
}

function packageOf(files: Files, folder = 'strings'): PythonPackage {
  const reading = read(files, folder);
  const pkg = packageIn(reading);
  if (pkg === null) throw new Error(JSON.stringify(reading));
  return pkg;
}

function declared(pkg: PythonPackage): readonly string[] {
  return pkg.declarations.map(({ kind, group, name, specifier, marker }) => {
    return [kind, group, name, specifier, marker].filter((part) => part !== null && part !== '').join(' ');
  });
}

const METADATA = '[metadata]\nname = Orchestra.Strings\nversion = 1.4.0\n';

describe('setup.cfg', () => {
  it('reads a package', () => {
    const content = `${METADATA}description = Bowed instruments
classifiers =
    Private :: Do Not Upload
    Programming Language :: Python :: 3

[options]
python_requires = >=3.9
install_requires =
    orchestra-core>=1.2,<2
    # the wood
    rosin[dark] ; python_version < "3.12"
    bow @ file:///builds/bow
setup_requires = tuner; metronome>=1

[options.extras_require]
Stage =
    orchestra-lights~=1.0

[nx-pypi]
publish = no
include = generated/*, scores/**
level = minor
`;
    const pkg = packageOf({ 'strings/setup.cfg': content });
    expect(pkg).toMatchObject({
      path: 'strings',
      name: 'Orchestra.Strings',
      normalizedName: 'orchestra-strings',
      version: {
        kind: 'static',
        text: '1.4.0',
        spots: [{ kind: 'cfg', file: 'strings/setup.cfg', section: 'metadata', option: 'version', line: 3 }],
      },
      dialect: 'setup-cfg',
      backend: 'setuptools.build_meta:__legacy__',
      buildRequires: ['setuptools'],
      backendPath: [],
      requiresPython: '>=3.9',
      description: 'Bowed instruments',
      classifiers: ['Private :: Do Not Upload', 'Programming Language :: Python :: 3'],
      manifest: 'strings/setup.cfg',
      files: ['strings/setup.cfg'],
      settings: { publish: false, include: ['generated/*', 'scores/**'], level: 'minor' },
    });
    expect(declared(pkg)).toEqual([
      'runtime orchestra-core >=1.2,<2',
      'runtime rosin python_version < "3.12"',
      'runtime bow',
      'extra Stage orchestra-lights ~=1.0',
      'build tuner',
      'build metronome >=1',
    ]);
    expect(pkg.declarations[2]).toMatchObject({ directReference: true, written: 'bow @ file:///builds/bow' });
    expect(pkg.declarations[0]?.spot).toEqual({
      kind: 'cfg',
      file: 'strings/setup.cfg',
      section: 'options',
      option: 'install_requires',
      line: 12,
    });
  });

  it('reads a package of the workspace root', () => {
    expect(packageOf({ 'setup.cfg': METADATA }, '.')).toMatchObject({ path: '.', manifest: 'setup.cfg' });
  });

  it('takes the build system of a pyproject.toml beside it', () => {
    const pkg = packageOf({
      'strings/setup.cfg': METADATA,
      'strings/pyproject.toml':
        '[build-system]\nrequires = ["setuptools>=61", "orchestra-build"]\nbuild-backend = "backend"\nbackend-path = ["tools"]\n\n[tool.nx-pypi]\npublish = true\n',
    });
    expect(pkg).toMatchObject({
      backend: 'backend',
      backendPath: ['tools'],
      buildRequires: ['setuptools>=61', 'orchestra-build'],
      settings: { publish: true },
      files: ['strings/setup.cfg', 'strings/pyproject.toml'],
    });
    expect(declared(pkg)).toEqual(['build setuptools >=61', 'build orchestra-build']);
  });

  it('is the package beside a [tool.poetry] that its backend does not read, and none beside one that it does', () => {
    const besidePoetry = (backend: string): Reading =>
      read({
        'strings/setup.cfg': METADATA,
        'strings/pyproject.toml': `[tool.poetry]\nname = "old"\nversion = "0.1"\n[build-system]\nrequires = ["x"]\nbuild-backend = "${backend}"\n`,
      });
    expect(packageIn(besidePoetry('setuptools.build_meta'))).toMatchObject({ name: 'Orchestra.Strings' });
    expect(besidePoetry('poetry.core.masonry.api')).toEqual({ kind: 'not-mine' });
  });

  it('reads requirements and classifiers that are kept in files', () => {
    const pkg = packageOf({
      'strings/setup.cfg': `${METADATA}classifiers = file: classifiers.txt\n[options]\ninstall_requires = file: requirements.txt, more.txt\n`,
      'strings/classifiers.txt': 'Private :: Orchestra\n\n',
      'strings/requirements.txt': '# tuned\r\norchestra-core>=1.2  # low\r\n\r\n',
      'strings/more.txt': 'rosin\n',
    });
    expect(declared(pkg)).toEqual(['runtime orchestra-core >=1.2', 'runtime rosin']);
    expect(pkg.classifiers).toEqual(['Private :: Orchestra']);
    expect(pkg.declarations[0]?.spot).toEqual({
      kind: 'span',
      file: 'strings/requirements.txt',
      start: 9,
      end: 28,
      text: 'orchestra-core>=1.2',
    });
    expect(pkg.files).toContain('strings/more.txt');
  });

  it.each([
    ['file: VERSION', '', { 'strings/VERSION': '\uFEFF 1.4.0\r\n' }],
    ['attr: strings.__version__', '', { 'strings/strings/__init__.py': '__version__ = "1.4.0"\n' }],
    ['attr: strings.about.VERSION', '', { 'strings/strings/about.py': "VERSION: str = '1.4.0'\n" }],
    [
      'attr: strings.VERSION',
      '[options]\npackage_dir =\n    = lib\n',
      { 'strings/lib/strings/__init__.py': 'VERSION = "1.4.0"' },
    ],
    [
      'attr: strings.VERSION',
      '[options]\npackage_dir = strings = lib/strings\n',
      { 'strings/lib/strings.py': 'VERSION = "1.4.0"' },
    ],
    [
      'attr: strings.VERSION',
      '[options.packages.find]\nwhere = src\n',
      { 'strings/src/strings.py': 'VERSION = "1.4.0"' },
    ],
    ['attr: strings.VERSION', '', { 'strings/src/strings.py': 'VERSION = "1.4.0"' }],
    [
      'attr: strings.VERSION',
      '',
      {
        'strings/strings/__init__.py': 'from .about import VERSION\n',
        'strings/strings/about.py': 'VERSION = "1.4.0"',
      },
    ],
    ['\n    attr: strings.VERSION', '', { 'strings/strings.py': 'VERSION = "1.4.0"' }],
  ])('reads version = %s %s', (version, more, files) => {
    const all: Files = { ...files, 'strings/setup.cfg': `[metadata]\nname = strings\nversion = ${version}\n${more}` };
    const { version: found } = packageOf(all);
    expect(found).toMatchObject({ kind: 'file', text: '1.4.0' });
    const spot = found.kind === 'file' ? found.spots[0] : undefined;
    expect(spot?.kind === 'span' ? all[spot.file]?.slice(spot.start, spot.end) : null).toBe('1.4.0');
  });

  it.each([
    [
      'attr: strings.VERSION',
      {},
      'strings/setup.cfg takes the version from strings.VERSION, and no such module is in the package',
    ],
    [
      'attr: strings.VERSION',
      { 'strings/strings.py': 'VERSION = (1, 4)' },
      'VERSION in strings/strings.py is a tuple (line 1)',
    ],
    [
      'attr: strings.VERSION',
      { 'strings/strings.py': 'VERSION = tune()' },
      'VERSION in strings/strings.py is computed: line 1 of strings/strings.py calls tune()',
    ],
    ['file: VERSION', {}, 'strings/setup.cfg takes the version from strings/VERSION, which is no text file here'],
    [
      'file: VERSION',
      { 'strings/VERSION': '\n' },
      'strings/setup.cfg takes the version from strings/VERSION, which is empty',
    ],
    ['file: A, B', {}, 'strings/setup.cfg puts the version together from several files'],
    ['1\n  2', {}, '[metadata] version in strings/setup.cfg is no single line'],
  ])('says why version = %j is unreadable', (version, files, reason) => {
    const pkg = packageOf({ ...files, 'strings/setup.cfg': `[metadata]\nname = strings\nversion = ${version}\n` });
    expect(pkg.version).toEqual({ kind: 'unreadable', reason });
  });

  it.each([
    [
      'its table',
      '[build-system]\nrequires = ["setuptools"]\n[tool.setuptools_scm]\n',
      'setuptools-scm',
      'SETUPTOOLS_SCM_PRETEND_VERSION_FOR_ORCHESTRA_STRINGS',
    ],
    [
      'its requirement',
      '[build-system]\nrequires = ["setuptools_scm>=8"]\n',
      'setuptools-scm',
      'SETUPTOOLS_SCM_PRETEND_VERSION_FOR_ORCHESTRA_STRINGS',
    ],
    ['pbr', '[build-system]\nrequires = ["pbr"]\n', 'pbr', 'PBR_VERSION'],
  ])('knows a version from source control by %s', (_, pyproject, tool, override) => {
    const files = {
      'strings/setup.cfg': '[metadata]\nname = orchestra-strings\n',
      'strings/pyproject.toml': pyproject,
    };
    expect(packageOf(files).version).toEqual({ kind: 'scm', tool, override });
  });

  it('lets setup.py win and fill in, as setuptools does', () => {
    const pkg = packageOf({
      'strings/setup.cfg': `${METADATA}[options]\ninstall_requires = rosin\n`,
      'strings/setup.py': 'from setuptools import setup\nsetup(version="2.0", extras_require={"stage": ["lights"]})\n',
    });
    expect(pkg).toMatchObject({ name: 'Orchestra.Strings', dialect: 'setup-cfg', version: { text: '2.0' } });
    expect(declared(pkg)).toEqual(['runtime rosin', 'extra stage lights']);
    expect(pkg.files).toEqual(['strings/setup.cfg', 'strings/setup.py']);
  });

  it.each([
    ['there is none', { 'strings/setup.py': '' }],
    ['it names nothing', { 'strings/setup.cfg': '[flake8]\nmax-line-length = 100\n' }],
    [
      '[project] declares the package',
      { 'strings/setup.cfg': METADATA, 'strings/pyproject.toml': '[project]\nname = "strings"\n' },
    ],
    [
      'Poetry declares the package',
      { 'strings/setup.cfg': METADATA, 'strings/pyproject.toml': '[tool.poetry]\nname = "strings"\n' },
    ],
  ])('is not concerned where %s', (_, files) => {
    expect(read(files)).toEqual({ kind: 'not-mine' });
  });

  it('reports what it cannot read', () => {
    const bad = read({ 'strings/setup.cfg': '[metadata]\nname = strings\nversion\n' });
    expect(bad).toMatchObject({
      kind: 'problem',
      problem: { code: 'NXPYPI_BAD_SETUP_CFG', where: 'strings/setup.cfg:3' },
    });
    const toml = read({ 'strings/setup.cfg': METADATA, 'strings/pyproject.toml': '[build-system\n' });
    expect(toml).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_BAD_TOML' } });
    const items = discover({
      'strings/setup.cfg': `${METADATA}[options]\ninstall_requires =\n    cello >> 1\n    rosin\n[options.extras_require]\nx = file: gone.txt\n`,
    });
    expect(items).toMatchObject({
      packages: [{ declarations: [{ name: 'rosin' }] }],
      problems: [
        { code: 'NXPYPI_BAD_REQUIREMENT' },
        { code: 'NXPYPI_REQUIREMENT_FILE_MISSING', where: 'strings/setup.cfg:9' },
      ],
    });
    const name = read({ 'strings/setup.cfg': '[metadata]\nname = {{ name }}\n' });
    expect(name).toMatchObject({ kind: 'package', problems: [{ code: 'NXPYPI_INVALID_NAME' }] });
  });

  it('never throws', () => {
    const piece = constantFrom(
      '[metadata]\n',
      '[options]\n',
      '[options.extras_require]\n',
      'name = strings\n',
      'version = attr: a.b\n',
      'version: file: x\n',
      'install_requires =\n',
      '  rosin>=1\n',
      '  a @ file:///x\n',
      'package_dir = = src\n',
      '\r\n',
      '=',
      '%',
      '\uFEFF',
      '[',
      ']',
      '__proto__ = 1\n',
    );
    assert(
      property(array(piece, { maxLength: 25 }), (pieces) => {
        const reading = read({ 'strings/setup.cfg': pieces.join(''), 'strings/a.py': 'b = a', 'strings/x': '' });
        expect(['package', 'not-mine', 'problem']).toContain(reading.kind);
      }),
    );
  });
});
