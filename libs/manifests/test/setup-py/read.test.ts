import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { packageIn } from '../../src/dialect.ts';
import type { Reading } from '../../src/dialect.ts';
import type { DeclaredVersion, PythonPackage } from '../../src/model.ts';
import { setupPy } from '../../src/setup-py/index.ts';
import { readerOf } from '../reader-of.ts';
import type { Files } from '../reader-of.ts';

function read(script: string, files: Files = {}): Reading {
  return setupPy.read('winds', readerOf({ ...files, 'winds/setup.py': script }));
}

function packageOf(script: string, files: Files = {}): PythonPackage {
  const reading = read(script, files);
  const pkg = packageIn(reading);
  if (pkg === null) throw new Error(JSON.stringify(reading));
  return pkg;
}

function problemsOf(script: string, files: Files = {}): readonly string[] {
  const reading = read(script, files);
  return reading.kind === 'package'
    ? [...reading.problems, ...reading.declare(null).problems].map(({ code, where }) => `${code} ${where ?? ''}`)
    : [reading.kind];
}

function declared(pkg: PythonPackage): readonly string[] {
  return pkg.declarations.map(({ kind, group, written, marker }) => {
    return [kind, group, written, marker === null ? null : `[${marker}]`].filter((part) => part !== null).join(' ');
  });
}

function summary(version: DeclaredVersion): string {
  switch (version.kind) {
    case 'static':
      return `static ${version.text}`;
    case 'file':
      return `file ${version.text} ${version.source}`;
    case 'scm':
      return ['scm', version.tool, version.override].filter((part) => part !== null).join(' ');
    default:
      return `unreadable ${version.reason}`;
  }
}

const HEAD = 'from setuptools import setup\n';

describe('setup.py', () => {
  it('reads a package', () => {
    const script = `${HEAD}
VERSION = '2.5.1'
setup(
    name="Orchestra_Winds",
    version=VERSION,
    description="Reeds",
    python_requires=">=3.9",
    classifiers=["Private :: Do Not Upload"],
    install_requires=["orchestra-core>=1.2", 'reed[dry]; python_version < "3.12"'],
    extras_require={"stage": ["lights"], ':sys_platform == "win32"': ["colorama"], "hall:extra": "echo>=1"},
    setup_requires=["tuner"],
)
`;
    const pkg = packageOf(script);
    const at = script.indexOf('2.5.1');
    expect(pkg).toMatchObject({
      path: 'winds',
      name: 'Orchestra_Winds',
      normalizedName: 'orchestra-winds',
      version: {
        kind: 'static',
        text: '2.5.1',
        spots: [{ kind: 'span', file: 'winds/setup.py', start: at, end: at + 5, text: '2.5.1' }],
      },
      dialect: 'setup-py',
      backend: 'setuptools.build_meta:__legacy__',
      buildRequires: ['setuptools'],
      requiresPython: '>=3.9',
      description: 'Reeds',
      classifiers: ['Private :: Do Not Upload'],
      manifest: 'winds/setup.py',
      files: ['winds/setup.py'],
      settings: { publish: null, include: [], level: null },
    });
    expect(declared(pkg)).toEqual([
      'runtime orchestra-core>=1.2',
      'runtime reed[dry]; python_version < "3.12" [python_version < "3.12"]',
      'extra stage lights',
      'runtime colorama [sys_platform == "win32"]',
      'extra hall echo>=1 [extra]',
      'build tuner',
    ]);
  });

  it('takes what setup() is not given from setup.cfg', () => {
    const pkg = packageOf(`${HEAD}setup(name="winds")`, {
      'winds/setup.cfg': '[metadata]\nversion = 1.0\n[options]\ninstall_requires = reed\n[nx-pypi]\nlevel = minor\n',
    });
    expect(pkg).toMatchObject({ dialect: 'setup-py', version: { text: '1.0' }, settings: { level: 'minor' } });
    expect(declared(pkg)).toEqual(['runtime reed']);
  });

  it('reads the requirements of a file where they stand', () => {
    const files = { 'winds/requirements.txt': '# dry\r\nreed>=1  # two\r\n\r\n  oboe\r\n' };
    const scripts = [
      'install_requires=open("requirements.txt").readlines()',
      'install_requires=open("requirements.txt").read().splitlines()',
      'install_requires=open("requirements.txt").read()',
      'install_requires=[line for line in open("requirements.txt") if line.strip() and not line.startswith("#")]',
    ];
    for (const argument of scripts) {
      const pkg = packageOf(`${HEAD}setup(name="winds", ${argument})`, files);
      expect(pkg.declarations.map(({ spot }) => spot)).toEqual([
        { kind: 'span', file: 'winds/requirements.txt', start: 7, end: 14, text: 'reed>=1' },
        { kind: 'span', file: 'winds/requirements.txt', start: 27, end: 31, text: 'oboe' },
      ]);
      expect(pkg.files).toEqual(['winds/setup.py', 'winds/requirements.txt']);
    }
  });

  it.each([
    ['version="1.0"', '', 'static 1.0'],
    ['version=V', 'V = "1.0"\n', 'static 1.0'],
    ['version="{}".format(V)', 'V = "1.0"\n', 'static 1.0'],
    ['version=open("VERSION").read()', '', 'file 3.1 setup.py'],
    ['version=v', 'from winds import version as v\n', 'file 3.2 setup.py'],
    ['use_scm_version=True', '', 'scm setuptools-scm SETUPTOOLS_SCM_PRETEND_VERSION_FOR_WINDS'],
    ['use_scm_version={"root": ".."}', '', 'scm setuptools-scm SETUPTOOLS_SCM_PRETEND_VERSION_FOR_WINDS'],
    ['pbr=True', '', 'scm pbr PBR_VERSION'],
    ['version=versioneer.get_version()', 'import versioneer\n', 'scm versioneer'],
    ['version="1." + "0"', '', 'unreadable winds/setup.py puts the version 1.0 together from parts'],
    ['version=tune()', '', 'unreadable line 3 of winds/setup.py calls tune()'],
    ['version=1.0', '', 'unreadable the version in winds/setup.py is no string'],
    ['version=None', '', 'unreadable no version is declared, so setuptools would ship 0.0.0'],
    ['**more()', '', 'unreadable line 3 of winds/setup.py calls more()'],
  ])('reads %s', (argument, before, expected) => {
    const files = { 'winds/VERSION': '3.1\n', 'winds/winds/__init__.py': 'version = "3.2"\n' };
    const { version } = packageOf(`${HEAD}${before}\nsetup(name="winds", ${argument})`, files);
    expect(summary(version)).toBe(expected);
  });

  it('counts a package whose dependencies are computed, and names the lines', () => {
    const script = `${HEAD}R = ["reed"]
if tuned():
    R.append("oboe")
setup(name="winds", version="1.0", install_requires=R, setup_requires=parts(),
      extras_require={"stage": lights(), "hall": ["echo"]})
`;
    expect(declared(packageOf(script))).toEqual(['runtime reed', 'runtime oboe', 'extra hall echo']);
    expect(problemsOf(script)).toEqual([
      'NXPYPI_SETUP_PY_COMPUTED winds/setup.py:3',
      'NXPYPI_SETUP_PY_COMPUTED winds/setup.py:6',
      'NXPYPI_SETUP_PY_COMPUTED winds/setup.py:5',
    ]);
  });

  it('is a problem where the name is computed', () => {
    expect(read(`${HEAD}setup(name=title(), version="1.0")`)).toMatchObject({
      kind: 'problem',
      problem: {
        code: 'NXPYPI_SETUP_PY_NAME',
        message:
          'The name of the package cannot be read without running setup.py: line 2 of winds/setup.py calls title().',
        where: 'winds/setup.py:2',
      },
    });
    expect(read(`${HEAD}setup(**arguments())`)).toMatchObject({ kind: 'problem' });
  });

  it.each([
    ['calls no setup()', 'print("tuning")', 'winds/setup.py calls no setup()'],
    [
      'only defines a function of that name',
      'def setup(name):\n    pass\nsetup(name="x")',
      'winds/setup.py calls no setup()',
    ],
    ['gives no name', `${HEAD}setup(version="1.0")`, 'winds/setup.py gives setup() no name'],
    ['gives no text as name', `${HEAD}setup(name="")`, 'winds/setup.py gives setup() no name'],
  ])('is no package where it %s', (_, script, reason) => {
    expect(read(script)).toEqual({ kind: 'not-a-package', reason });
  });

  it('is not concerned where another manifest declares the package', () => {
    expect(setupPy.read('winds', readerOf({}))).toEqual({ kind: 'not-mine' });
    const files = { 'winds/pyproject.toml': '[project]\nname = "winds"\n' };
    expect(read(`${HEAD}setup(name="winds")`, files)).toEqual({ kind: 'not-mine' });
  });

  it('never throws', () => {
    const piece = constantFrom(
      'setup(',
      'name="winds"',
      ',',
      'version=',
      'V',
      '"1.0"',
      'install_requires=',
      '["a", 1, None, ["b\\nc"]]',
      'extras_require=',
      '{"x": V, 1: 2}',
      ')',
      '\n',
      'V = ',
      '[',
      '**V',
      'setup_requires={}',
      'classifiers=V',
      '"a @ file:///x"',
      'lambda: V',
    );
    assert(
      property(array(piece, { maxLength: 30 }), (pieces) => {
        const kinds = ['package', 'not-a-package', 'problem'];
        expect(kinds).toContain(read(`${HEAD}${pieces.join('')}`).kind);
        expect(kinds).toContain(read(`${HEAD}setup(name="a", ${pieces.join('')}`).kind);
      }),
      { numRuns: 200 },
    );
  });
});
