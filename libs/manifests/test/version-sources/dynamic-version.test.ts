import { describe, expect, it } from 'vitest';
import type { DeclaredVersion } from '../../src/index.ts';
import { manifestEdits } from '../../src/index.ts';
import type { Files } from '../reader-of.ts';
import { changed, onlyPackage, problemOf, readerOf } from '../reader-of.ts';

function dynamic(backend: string, rest: string, others: Files = {}): Files {
  const project = '[project]\nname = "Bass-Tuba"\ndynamic = ["version"]\n';
  return {
    'tuba/pyproject.toml': `${project}${rest}\n[build-system]\nrequires = []\nbuild-backend = "${backend}"\n`,
    ...others,
  };
}

interface Kept {
  readonly what: string;
  readonly files: Files;
  /** Where the version is kept. */
  readonly file: string;
  readonly text?: string;
  readonly now?: string;
}

const HATCH = '[tool.hatch.version]\npath = "src/tuba/__about__.py"\n';

const KEPT: readonly Kept[] = [
  {
    what: 'hatch path',
    files: dynamic('hatchling.build', HATCH, { 'tuba/src/tuba/__about__.py': '# about\r\n__version__ = "1.2.3"\r\n' }),
    file: 'tuba/src/tuba/__about__.py',
  },
  {
    what: 'hatch path, with a v that is not part of the version',
    files: dynamic('hatchling.build', HATCH, { 'tuba/src/tuba/__about__.py': "version = 'v1.2.3'\n" }),
    file: 'tuba/src/tuba/__about__.py',
  },
  {
    what: 'hatch path with a pattern',
    files: dynamic('hatchling.build', `${HATCH}pattern = "@ (?P<version>[^ ]+) @"\n`, {
      'tuba/src/tuba/__about__.py': 'score @ 1.2.3 @ opus 1\n',
    }),
    file: 'tuba/src/tuba/__about__.py',
  },
  {
    what: 'hatch.toml',
    files: dynamic('hatchling.build', '', {
      'tuba/hatch.toml': '[version]\npath = "VERSION.py"\n',
      'tuba/VERSION.py': 'VERSION = "1.2.3"\n',
    }),
    file: 'tuba/VERSION.py',
  },
  {
    what: 'hatch code',
    files: dynamic(
      'hatchling.build',
      '[tool.hatch.version]\nsource = "code"\npath = "tuba.py"\nexpression = "OPUS"\n',
      {
        'tuba/tuba.py': 'OPUS: str = "1.2.3"\n',
      },
    ),
    file: 'tuba/tuba.py',
  },
  {
    what: 'setuptools attr',
    files: dynamic('setuptools.build_meta', '[tool.setuptools.dynamic]\nversion = { attr = "tuba.valves.OPUS" }\n', {
      'tuba/src/tuba/valves.py': '"""Three."""\nOPUS = "1.2.3"\n',
    }),
    file: 'tuba/src/tuba/valves.py',
  },
  {
    what: 'setuptools attr in a renamed package',
    files: dynamic(
      'setuptools.build_meta',
      '[tool.setuptools]\npackage-dir = { tuba = "code/impl" }\n[tool.setuptools.dynamic]\nversion.attr = "tuba.__version__"\n',
      { 'tuba/code/impl/__init__.py': '__version__ = "1.2.3"\n' },
    ),
    file: 'tuba/code/impl/__init__.py',
  },
  {
    what: 'setuptools attr, through an import',
    files: dynamic('setuptools.build_meta', '[tool.setuptools.dynamic]\nversion = { attr = "tuba.__version__" }\n', {
      'tuba/tuba/__init__.py': 'from ._version import __version__\n',
      'tuba/tuba/_version.py': '__version__ = "1.2.3"\n',
    }),
    file: 'tuba/tuba/_version.py',
  },
  {
    what: 'setuptools file',
    files: dynamic('setuptools.build_meta', '[tool.setuptools.dynamic]\nversion = { file = "VERSION" }\n', {
      'tuba/VERSION': '\uFEFF1.2.3\r\n\r\n',
    }),
    file: 'tuba/VERSION',
  },
  {
    what: 'setup.cfg beside [project]',
    files: dynamic('setuptools.build_meta', '', { 'tuba/setup.cfg': '[metadata]\nversion = 1.2.3\n' }),
    file: 'tuba/setup.cfg',
  },
  {
    what: 'setup.py beside [project]',
    files: dynamic('setuptools.build_meta', '', {
      'tuba/setup.py': 'from setuptools import setup\nsetup(version="1.2.3")\n',
    }),
    file: 'tuba/setup.py',
  },
  {
    what: 'a flit module',
    files: dynamic('flit_core.buildapi', '', { 'tuba/Bass_Tuba.py': '"""Low."""\n__version__ = "1.2.3"\n' }),
    file: 'tuba/Bass_Tuba.py',
  },
  {
    what: 'a flit package of another name, whose __init__ has none',
    files: dynamic('flit_core.buildapi', '[tool.flit.module]\nname = "brass.tuba"\n', {
      'tuba/src/brass/tuba/__init__.py': '"""Low."""\n',
      'tuba/src/brass/tuba/_version.py': "__version__ = '1.2.3'\n",
    }),
    file: 'tuba/src/brass/tuba/_version.py',
  },
  {
    what: 'pdm file',
    files: dynamic('pdm.backend', '[tool.pdm.version]\nsource = "file"\npath = "tuba.py"\n', {
      'tuba/tuba.py': "__version__ = '1.2.3'  # opus\n",
    }),
    file: 'tuba/tuba.py',
  },
  {
    what: 'pdm file with a pattern',
    files: dynamic('pdm.backend', '[tool.pdm.version]\nsource = "file"\npath = "t.txt"\npattern = "opus (.*);"\n', {
      'tuba/t.txt': 'opus 1.2.3;\n',
    }),
    file: 'tuba/t.txt',
  },
  {
    what: 'Cargo.toml, in its own spelling',
    files: dynamic('maturin', '', { 'tuba/Cargo.toml': '[package]\nname = "tuba"\nversion = "1.2.0-rc.1"\n' }),
    file: 'tuba/Cargo.toml',
    text: '1.2.0-rc.1',
    now: '2.0.0-rc.1',
  },
  {
    what: 'the Cargo workspace',
    files: dynamic('maturin', '[tool.maturin]\nmanifest-path = "rust/Cargo.toml"\n', {
      'tuba/rust/Cargo.toml': '[package]\nname = "tuba"\nversion.workspace = true\n',
      'Cargo.toml': '[workspace.package]\nversion = "1.2.3" # all\n',
    }),
    file: 'Cargo.toml',
    now: '2.0.0-rc.1',
  },
  {
    what: 'scikit-build regex',
    files: dynamic(
      'scikit_build_core.build',
      '[tool.scikit-build.metadata.version]\nprovider = "scikit_build_core.metadata.regex"\ninput = "tuba.py"\n',
      { 'tuba/tuba.py': '__version__: str = "1.2.3"\n' },
    ),
    file: 'tuba/tuba.py',
  },
  {
    what: 'dynamic-metadata',
    files: dynamic(
      'scikit_build_core.build',
      '[[tool.dynamic-metadata]]\nprovider = "scikit_build_core.metadata.regex"\nfield = "version"\ninput = "CMakeLists.txt"\nregex = "VERSION (?P<value>[^)]+)"\n',
      { 'tuba/CMakeLists.txt': 'project(tuba VERSION 1.2.3)\n' },
    ),
    file: 'tuba/CMakeLists.txt',
  },
];

describe('a version kept in a file', () => {
  it.each(KEPT)('is read and written by $what', ({ files, file, text = '1.2.3', now = '2.0.0rc1' }) => {
    const pkg = onlyPackage(files);
    expect(pkg.version).toMatchObject({ text });
    expect(pkg.files).toContain(file);
    const after = changed(files, () => [{ kind: 'set-version', version: '2.0.0rc1' }]);
    expect(after).toEqual({ ...files, [file]: files[file]?.replace(text, now) });
    expect(onlyPackage(after).version).toMatchObject({ text: now });
  });

  it('is a problem to write where the file changed meanwhile', () => {
    const files = KEPT[0]?.files ?? {};
    const later = { ...files, 'tuba/src/tuba/__about__.py': '\n\n__version__ = "1.2.3"\n' };
    const result = manifestEdits(onlyPackage(files), [{ kind: 'set-version', version: '2' }], readerOf(later));
    expect(result).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_SPOT_GONE' } });
  });

  it('is a problem to write where its pattern would not find all of it (law 10)', () => {
    const pattern = 'pattern = "= .(?P<version>[0-9.]+)"\n';
    const files = dynamic('hatchling.build', HATCH + pattern, { 'tuba/src/tuba/__about__.py': 'opus = "1.2.3"\n' });
    expect(problemOf(files, () => [{ kind: 'set-version', version: '2.0rc1' }])).toBe('NXPYPI_EDIT_UNSAFE');
    expect(problemOf(files, () => [{ kind: 'set-version', version: '2.0' }])).toBeNull();
  });

  it('does not write to Cargo.toml what Cargo cannot read', () => {
    const files = dynamic('maturin', '', { 'tuba/Cargo.toml': '[package]\nversion = "1.2.3"\n' });
    expect(problemOf(files, () => [{ kind: 'set-version', version: '1.2.3.post1' }])).toBe('NXPYPI_VERSION_NOT_SEMVER');
  });
});

describe('a version that no file keeps', () => {
  it.each<[what: string, files: Files, tool: string, override: string | null]>([
    [
      'hatch-vcs',
      dynamic('hatchling.build', '[tool.hatch.version]\nsource = "vcs"\n'),
      'hatch-vcs',
      'SETUPTOOLS_SCM_PRETEND_VERSION',
    ],
    [
      'hatch env',
      dynamic('hatchling.build', '[tool.hatch.version]\nsource = "env"\nvariable = "OPUS"\n'),
      'hatch env',
      'OPUS',
    ],
    [
      'uv-dynamic-versioning',
      dynamic('hatchling.build', '[tool.hatch.version]\nsource = "uv-dynamic-versioning"\n'),
      'uv-dynamic-versioning',
      'UV_DYNAMIC_VERSIONING_BYPASS',
    ],
    [
      'versioningit',
      dynamic('hatchling.build', '[tool.hatch.version]\nsource = "versioningit"\n'),
      'versioningit',
      null,
    ],
    [
      'setuptools-scm',
      dynamic('setuptools.build_meta', '[tool.setuptools_scm]\n'),
      'setuptools-scm',
      'SETUPTOOLS_SCM_PRETEND_VERSION_FOR_BASS_TUBA',
    ],
    ['pdm scm', dynamic('pdm.backend', '[tool.pdm.version]\nsource = "scm"\n'), 'pdm scm', 'PDM_BUILD_SCM_VERSION'],
    ['flit-scm', dynamic('flit_scm:buildapi', ''), 'flit-scm', 'SETUPTOOLS_SCM_PRETEND_VERSION'],
    [
      'scikit-build with setuptools-scm',
      dynamic(
        'scikit_build_core.build',
        '[tool.scikit-build.metadata.version]\nprovider = "scikit_build_core.metadata.setuptools_scm"\n',
      ),
      'setuptools-scm',
      'SETUPTOOLS_SCM_PRETEND_VERSION',
    ],
  ])('is known for what it is: %s', (_what, files, tool, override) => {
    expect(onlyPackage(files).version).toEqual({ kind: 'scm', tool, override } satisfies DeclaredVersion);
    expect(problemOf(files, () => [{ kind: 'set-version', version: '2.0' }])).toBe('NXPYPI_VERSION_UNREADABLE');
  });

  it.each<[reason: string, files: Files]>([
    ['version is dynamic, but there is no [tool.hatch.version]', dynamic('hatchling.build', '')],
    [
      'hatch path names tuba/src/tuba/__about__.py, which does not exist or is not UTF-8',
      dynamic('hatchling.build', HATCH),
    ],
    [
      'hatch path finds no version in tuba/src/tuba/__about__.py',
      dynamic('hatchling.build', HATCH, { 'tuba/src/tuba/__about__.py': 'opus = 1\n' }),
    ],
    [
      'hatch path has a pattern that only Python can read: (?x) a (?P<version>b)',
      dynamic('hatchling.build', `${HATCH}pattern = "(?x) a (?P<version>b)"\n`, { 'tuba/src/tuba/__about__.py': '' }),
    ],
    [
      "the hatch version source 'nodejs' is not known",
      dynamic('hatchling.build', '[tool.hatch.version]\nsource = "nodejs"\n'),
    ],
    [
      'setuptools attr finds no assignment of __version__ in tuba/tuba/__init__.py',
      dynamic('setuptools.build_meta', '[tool.setuptools.dynamic]\nversion.attr = "tuba.__version__"\n', {
        'tuba/tuba/__init__.py': 'import os\n',
      }),
    ],
    [
      'setuptools file: the version is put together from several files',
      dynamic('setuptools.build_meta', '[tool.setuptools.dynamic]\nversion.file = ["a", "b"]\n'),
    ],
    [
      'version is dynamic, and neither [tool.setuptools.dynamic], setup.cfg nor setup.py gives one',
      dynamic('setuptools.build_meta', ''),
    ],
    [
      "[tool.pdm.version] computes the version (source 'call')",
      dynamic('pdm.backend', '[tool.pdm.version]\nsource = "call"\n'),
    ],
    ["the build backend 'whool.buildapi' computes the version", dynamic('whool.buildapi', '')],
    ['maturin takes the version from Cargo.toml, which cannot be read', dynamic('maturin', '')],
    [
      'scikit-build regex puts the version together with result or remove',
      dynamic(
        'scikit_build_core.build',
        '[tool.scikit-build.metadata.version]\nprovider = "scikit_build_core.metadata.regex"\ninput = "a"\nremove = "x"\n',
      ),
    ],
  ])('says why: %s', (reason, files) => {
    expect(onlyPackage(files).version).toEqual({ kind: 'unreadable', reason });
    expect(problemOf(files, () => [{ kind: 'set-version', version: '2.0' }])).toBe('NXPYPI_VERSION_UNREADABLE');
  });

  it('says that a Python module computes it', () => {
    const files = dynamic('flit_core.buildapi', '', { 'tuba/Bass_Tuba.py': '__version__ = load()\n' });
    expect(onlyPackage(files).version).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('the result of a call'),
    });
  });
});
