import { describe, expect, it } from 'vitest';

import type { ManifestChange } from '../../src/model.ts';
import { changed, constrain, onlyPackage, problemOf } from '../reader-of.ts';
import type { Files } from '../reader-of.ts';

const VERSION: ManifestChange = { kind: 'set-version', version: '2.0.0rc1' };

const CFG = `; strings
[metadata]
name = strings
version = 1.4.0
`;

function versioned(files: Files): Files {
  return changed(files, () => [VERSION]);
}

describe('set-version in setup.cfg changes the version alone (law 10)', () => {
  it.each([
    ['a plain value', '[metadata]\nname = strings\nversion = 1.4.0\n'],
    ['no spaces, a colon', '[metadata]\nname:strings\nversion:1.4.0'],
    ['a value on a line of its own', '[metadata]\nversion =\n\t1.4.0\n\nname = strings\n'],
    ['comments around it', '[metadata]\n# 1.4.0\nname = strings\n; version = 1.4.0\nversion = 1.4.0\n# end'],
    ['CRLF', '[metadata]\r\nname = strings\r\nversion = 1.4.0\r\n\r\n[options]\r\n'],
    ['a byte order mark', '\uFEFF[metadata]\nversion = 1.4.0\nname = strings\n'],
    ['trailing white space', '[metadata]\nname = strings\nversion =   1.4.0 \t\n'],
    ['another spelling of the option', '[metadata]\nname = strings\nVersion = 1.4.0\n'],
    [
      'the same text elsewhere',
      '[metadata]\nname = strings\ndescription = version = 1.4.0\nversion = 1.4.0\n[x]\nversion = 1.4.0\n',
    ],
  ])('with %s', (_, content) => {
    const at = content.search(/(?<=^[Vv]ersion\s*[=:]\s*)1\.4\.0/m);
    const after = versioned({ 'strings/setup.cfg': content });
    expect(after['strings/setup.cfg']).toBe(`${content.slice(0, at)}2.0.0rc1${content.slice(at + 5)}`);
  });

  it.each([
    ['attr: strings.__version__', 'strings/strings/__init__.py', "__version__ = u'''1.4.0'''  # 1.4.0\r\n"],
    ['file: VERSION.txt', 'strings/VERSION.txt', '\uFEFF1.4.0\r\n'],
  ])('with %s in its file', (version, file, content) => {
    const files: Files = { 'strings/setup.cfg': `[metadata]\nname = strings\nversion = ${version}\n`, [file]: content };
    expect(versioned(files)).toEqual({ ...files, [file]: content.replace('1.4.0', '2.0.0rc1') });
  });

  it('refuses what stands in no file, what is there already, and what is gone', () => {
    const computed = { 'strings/setup.cfg': '[metadata]\nname = strings\n' };
    expect(problemOf(computed, () => [VERSION])).toBe('NXPYPI_VERSION_UNREADABLE');
    const same: ManifestChange = { kind: 'set-version', version: '1.4.0' };
    expect(problemOf({ 'strings/setup.cfg': CFG }, () => [same])).toBe('NXPYPI_EDIT_CHANGES_NOTHING');
  });
});

const REQUIREMENTS = `[metadata]
name = strings
version = 1.4.0
[options]
install_requires =
    core >=1.2,<2 ; python_version >= "3.9"
\tbow[wood] @ file:///builds/bow ; extra == "x"
    # core >=1.2,<2
    rosin
    violin (>=1.0)
setup_requires = tuner~=1.0; metronome
[options.extras_require]
all =
    core >=1.2,<2 ; python_version >= "3.9"
`;

describe('set-constraint in setup.cfg changes one requirement (law 10)', () => {
  it.each([
    ['bow', '\tbow[wood] @ file:///builds/bow ; extra', '\tbow[wood]>=3,<4 ; extra'],
    ['rosin', '    rosin\n', '    rosin>=3,<4\n'],
    ['violin', 'violin (>=1.0)', 'violin (>=3,<4)'],
    ['tuner', 'tuner~=1.0; m', 'tuner>=3,<4; m'],
    ['metronome', '; metronome\n', '; metronome>=3,<4\n'],
    ['core', '    core >=1.2,<2 ; p', '    core >=3,<4 ; p'],
  ])('of %s', (name, was, now) => {
    for (const eol of ['\n', '\r\n']) {
      const content = REQUIREMENTS.replaceAll('\n', eol);
      const after = changed({ 'strings/setup.cfg': content }, (pkg) => [constrain(pkg, name, '>=3,<4')]);
      expect(after['strings/setup.cfg']).toBe(content.replace(was.replaceAll('\n', eol), now.replaceAll('\n', eol)));
    }
  });

  it('of the one that is meant among equal ones', () => {
    const after = changed({ 'strings/setup.cfg': REQUIREMENTS }, (pkg) => {
      const declaration = pkg.declarations.find(({ group }) => group === 'all');
      return declaration === undefined ? [] : [{ kind: 'set-constraint', declaration, specifier: '==3' }];
    });
    const at = REQUIREMENTS.lastIndexOf('>=1.2,<2');
    expect(after['strings/setup.cfg']).toBe(`${REQUIREMENTS.slice(0, at)}==3${REQUIREMENTS.slice(at + 8)}`);
  });

  it('in a requirement file and in pyproject.toml', () => {
    const files: Files = {
      'strings/setup.cfg': `${CFG}[options]\ninstall_requires = file: requirements.txt\n`,
      'strings/requirements.txt': 'core>=1  # low\nrosin\n',
      'strings/pyproject.toml': "[build-system]\nrequires = ['setuptools', 'tuner']  # two\n",
    };
    const after = changed(files, (pkg) => [constrain(pkg, 'core', '>=2'), constrain(pkg, 'tuner', '==1.*'), VERSION]);
    expect(after).toEqual({
      'strings/setup.cfg': files['strings/setup.cfg']?.replace('1.4.0', '2.0.0rc1'),
      'strings/requirements.txt': 'core>=2  # low\nrosin\n',
      'strings/pyproject.toml': "[build-system]\nrequires = ['setuptools', 'tuner==1.*']  # two\n",
    });
  });

  it('is a problem when the file has changed or the edit would change nothing', () => {
    const files = { 'strings/setup.cfg': REQUIREMENTS };
    expect(problemOf(files, (pkg) => [constrain(pkg, 'core', '>=1.2,<2')])).toBe('NXPYPI_EDIT_CHANGES_NOTHING');
    const gone = onlyPackage({ 'strings/setup.cfg': REQUIREMENTS.replace('rosin', 'wax') });
    expect(problemOf(files, () => [constrain(gone, 'wax', '>=1')])).toBe('NXPYPI_SPOT_GONE');
  });
});

const FIELDS: ManifestChange = {
  kind: 'set-provenance',
  fields: { format: '1', ref: 'main\n[x]', pipeline: '', declared: { core: '>=1.2,<2', rosin: '' } },
};

const SECTION = '[nx-pypi]\nformat = 1\nref = main [x]\npipeline =\ndeclared =\n    core: >=1.2,<2\n    rosin:\n';

function provenance(content: string): string | undefined {
  return changed({ 'strings/setup.cfg': content }, () => [FIELDS])['strings/setup.cfg'];
}

describe('set-provenance (I1)', () => {
  it.each([
    ['at the end', CFG, `${CFG}\n${SECTION}`],
    ['without a final line end', CFG.trimEnd(), `${CFG}\n${SECTION}`],
    ['with CRLF', CFG.replaceAll('\n', '\r\n'), `${CFG}\n${SECTION}`.replaceAll('\n', '\r\n')],
    [
      'in a section that is there',
      `[nx-pypi]\npublish = yes\n# note\n\n${CFG}`,
      `[nx-pypi]\npublish = yes\n${SECTION.slice('[nx-pypi]\n'.length)}# note\n\n${CFG}`,
    ],
    [
      'over an earlier one',
      `${CFG}\n${SECTION.replace('1.2', '1.0').replace('format = 1', 'format = 0')}`,
      `${CFG}\n${SECTION}`,
    ],
  ])('goes into setup.cfg %s', (_, content, expected) => {
    expect(provenance(content)).toBe(expected);
  });

  it('goes into the pyproject.toml beside it', () => {
    const files = { 'strings/setup.cfg': CFG, 'strings/pyproject.toml': '[build-system]\nrequires = ["setuptools"]\n' };
    const after = changed(files, () => [
      { kind: 'set-provenance', fields: { format: '1', declared: { core: '>=1' } } },
    ]);
    expect(after['strings/setup.cfg']).toBe(CFG);
    expect(after['strings/pyproject.toml']).toBe(
      '[build-system]\nrequires = ["setuptools"]\n\n[tool.nx-pypi.provenance]\nformat = "1"\n\n[tool.nx-pypi.provenance.declared]\ncore = ">=1"\n',
    );
  });

  it('goes together with other changes', () => {
    const after = changed({ 'strings/setup.cfg': REQUIREMENTS }, (pkg) => [
      VERSION,
      constrain(pkg, 'bow', '==3'),
      FIELDS,
    ]);
    expect(after['strings/setup.cfg']).toBe(
      `${REQUIREMENTS.replace('1.4.0', '2.0.0rc1').replace(' @ file:///builds/bow', '==3')}\n${SECTION}`,
    );
  });
});
