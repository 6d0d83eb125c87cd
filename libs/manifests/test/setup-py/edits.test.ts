import { describe, expect, it } from 'vitest';

import type { ManifestChange } from '../../src/model.ts';
import { changed, constrain, problemOf } from '../reader-of.ts';
import type { Files } from '../reader-of.ts';

const VERSION: ManifestChange = { kind: 'set-version', version: '2.0.0rc1' };

function setup(argument: string, before = ''): string {
  return `from setuptools import setup\n${before}setup(name="winds", ${argument})\n`;
}

describe('set-version in setup.py changes the version alone (law 10)', () => {
  it.each([
    ['a literal', setup('version="1.4.0"')],
    ['single quotes and a prefix', setup("version=u'1.4.0',")],
    ['three quotes', setup("version='''1.4.0'''")],
    ['three quotes with white space', setup("version='''\n    1.4.0\n'''")],
    ['a constant', setup('version=__version__', '__version__ = "1.4.0"  # "1.4.0" is the season\n')],
    ['a constant behind a semicolon', setup('version=V', 'x = 1; V="1.4.0"; y = 2\n')],
    ['tabs and a continued line', setup('\tversion\t=\\\n\t"1.4.0"')],
    ['CRLF', setup('version="1.4.0"').replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${setup('version="1.4.0"')}`],
    ['a dictionary of arguments', setup('**ARGS', 'ARGS = dict(version="1.4.0")\n')],
  ])('with %s', (_, script) => {
    const after = changed({ 'winds/setup.py': script }, () => [VERSION]);
    expect(after['winds/setup.py']).toBe(script.replace('1.4.0', '2.0.0rc1'));
  });

  it.each([
    ['VERSION', '1.4.0\r\n', 'version=open("VERSION").read().strip()', ''],
    ['winds/__init__.py', '"""1.5"""\r\n__version__ = \'1.4.0\'\r\n', 'version=__import__("winds").__version__', ''],
    [
      'winds/about.py',
      '\uFEFF__version__ = r"1.4.0"',
      'version=ns["__version__"]',
      'ns = {}\nexec(open("winds/about.py").read(), ns)\n',
    ],
    [
      'winds/about.py',
      'v = "1"\n__version__ = "1.4.0"',
      'version=v',
      'import re\nv = re.search(\'__version__ = "(.*)"\', open("winds/about.py").read()).group(1)\n',
    ],
    [
      'package.json',
      '{"name": "x", "version": "1.4.0"}',
      'version=p["version"]',
      'import json\np = json.load(open("package.json"))\n',
    ],
  ])('with the version in %s', (file, content, argument, before) => {
    const files: Files = { 'winds/setup.py': setup(argument, before), [`winds/${file}`]: content };
    expect(changed(files, () => [VERSION])).toEqual({
      ...files,
      [`winds/${file}`]: content.replace('1.4.0', '2.0.0rc1'),
    });
  });

  it('refuses a version without a place', () => {
    expect(problemOf({ 'winds/setup.py': setup('version="1." + "4"') }, () => [VERSION])).toBe(
      'NXPYPI_VERSION_UNREADABLE',
    );
  });

  it('refuses to change a literal that decides more than the version', () => {
    const script = setup('version=V, install_requires=["a"] if V == "1.4.0" else ["a", "b"]', 'V = "1.4.0"\n');
    expect(problemOf({ 'winds/setup.py': script }, () => [VERSION])).toBe('NXPYPI_EDIT_UNSAFE');
  });
});

describe('set-constraint in setup.py changes one requirement (law 10)', () => {
  it.each([
    ['a bare name', '"reed"', '"reed>=3,<4"'],
    ['a range with a marker', `'reed >=1 ; python_version < "3.12"'`, `'reed >=3,<4 ; python_version < "3.12"'`],
    ['a direct reference', '"reed[dry] @ file:///builds/reed"', '"reed[dry]>=3,<4"'],
    ['a prefix', 'U"reed==1"', 'U"reed>=3,<4"'],
    ['three quotes', '"""reed==1"""', '"""reed>=3,<4"""'],
    ['implicit concatenation', `"reed" '==1'`, '"reed>=3,<4"'],
    ['a sum', '"reed==" + V', '"reed>=3,<4"'],
    ['a format', '"reed==%s" % V', '"reed>=3,<4"'],
    ['an f-string', 'f"reed=={V}"', '"reed>=3,<4"'],
    ['escapes and quotes', `'reed\\x3d=1; python_version<"3"'`, `'reed>=3,<4; python_version<"3"'`],
  ])('with %s', (_, was, now) => {
    for (const before of ['', '\uFEFF']) {
      const script = (element: string): string => {
        const list = `[\r\n\t"oboe",  # reed\r\n\t${element}, "horn"]`;
        return before + setup(`install_requires=${list}`, 'V = "1.0"\r\n');
      };
      const after = changed({ 'winds/setup.py': script(was) }, (pkg) => [constrain(pkg, 'reed', '>=3,<4')]);
      expect(after['winds/setup.py']).toBe(script(now));
    }
  });

  it('in a text of lines', () => {
    const script = setup('install_requires="""\n    reed>=1\n    # reed>=1\n    oboe\n"""');
    const after = changed({ 'winds/setup.py': script }, (pkg) => [
      constrain(pkg, 'reed', '>=3'),
      constrain(pkg, 'oboe', '==1'),
    ]);
    expect(after['winds/setup.py']).toBe(script.replace('reed>=1', 'reed>=3').replace('oboe', 'oboe==1'));
  });

  it('in a requirement file', () => {
    const files: Files = {
      'winds/setup.py': setup('install_requires=open("requirements.txt").read().splitlines()'),
      'winds/requirements.txt': '\uFEFF# reed\r\nreed ~= 1.0  # dry\r\n',
    };
    const after = changed(files, (pkg) => [constrain(pkg, 'reed', '~=3.0')]);
    expect(after['winds/requirements.txt']).toBe('\uFEFF# reed\r\nreed ~= 3.0  # dry\r\n');
  });

  it('where one literal serves several groups', () => {
    const script = setup('install_requires=[R], extras_require={"all": [R]}', 'R = "reed"\n');
    const after = changed({ 'winds/setup.py': script }, (pkg) =>
      pkg.declarations.map((declaration) => ({ kind: 'set-constraint', declaration, specifier: '>=3' })),
    );
    expect(after['winds/setup.py']).toBe(script.replace('"reed"', '"reed>=3"'));
  });

  it('together with the version that it was made of', () => {
    const script = setup('version=V, install_requires=["reed==%s" % V]', 'V = "1.4.0"\n');
    const after = changed({ 'winds/setup.py': script }, (pkg) => [VERSION, constrain(pkg, 'reed', '==2.0.0rc1')]);
    expect(after['winds/setup.py']).toBe(setup('version=V, install_requires=["reed==2.0.0rc1"]', 'V = "2.0.0rc1"\n'));
  });

  it.each([
    ['has no text of its own', 'install_requires=[n + ">=1" for n in ["reed", "oboe"]]', 'NXPYPI_REQUIREMENT_COMPUTED'],
    ['shares its text with another', 'install_requires=L', 'NXPYPI_EDIT_UNSAFE'],
    ['has the range already', 'install_requires=["reed>=3"]', 'NXPYPI_EDIT_CHANGES_NOTHING'],
  ])('is a problem where it %s', (_, argument, code) => {
    const before = 'L = []\nfor n in ["reed", "oboe"]:\n    r = n + ">=1"\n    L.append(r)\n';
    const files = { 'winds/setup.py': setup(argument, before) };
    expect(problemOf(files, (pkg) => [constrain(pkg, 'reed', '>=3')])).toBe(code);
  });
});

describe('set-provenance for setup.py (I1)', () => {
  const fields = { format: '1', declared: { reed: '>=1' } };

  it('creates a setup.cfg where there is none', () => {
    const files = { 'winds/setup.py': setup('version="1.4.0"') };
    const after = changed(files, () => [{ kind: 'set-provenance', fields }, VERSION]);
    expect(after['winds/setup.cfg']).toBe('[nx-pypi]\nformat = 1\ndeclared =\n    reed: >=1\n');
    expect(after['winds/setup.py']).toBe(setup('version="2.0.0rc1"'));
  });

  it('goes into the pyproject.toml that is there', () => {
    const files = { 'winds/setup.py': setup('version="1.4.0"'), 'winds/pyproject.toml': '' };
    const after = changed(files, () => [{ kind: 'set-provenance', fields }]);
    expect(after['winds/pyproject.toml']).toContain('[tool.nx-pypi.provenance]\nformat = "1"\n');
    expect(after['winds/setup.cfg']).toBeUndefined();
  });
});
