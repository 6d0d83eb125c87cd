import { describe, expect, it } from 'vitest';
import { manifestEdits } from '../../src/index.ts';
import { changed, constrain, discover, onlyPackage, problemOf, readerOf } from '../reader-of.ts';

const TUBA = `# The low brass.
[project]
name = "tuba" # low
version = '1.2.3'
dependencies = [
  "horn>=1", # french
  "drum[loud] @ file:///srv/drum ; os_name == 'nt'",
]
optional-dependencies.choir = ["alto"]

[dependency-groups]
test = ["stand", { include-group = "light" }]
light = ["lamp>=1"]

[tool.pdm.dev-dependencies]
dev = ["-e file:///\${PROJECT_ROOT}/../baton#egg=baton[long]"]

[build-system]
requires = ["hatchling", "mold==1"]
`;

const files = { 'brass/tuba/pyproject.toml': TUBA };

describe('manifestEdits', () => {
  it('makes all changes of a package at once and leaves every other byte', () => {
    const after = changed(files, (pkg) => [
      { kind: 'set-provenance', fields: { format: '1', declared: { horn: '>=1' } } },
      constrain(pkg, 'mold', '==2'),
      constrain(pkg, 'lamp', '>=2,<3'),
      constrain(pkg, 'baton', '>=1,<2'),
      constrain(pkg, 'alto', '>=3,<4'),
      constrain(pkg, 'drum', '>=5'),
      constrain(pkg, 'horn', '>=2,<3'),
      { kind: 'set-version', version: '2.0.0' },
    ]);
    expect(after['brass/tuba/pyproject.toml']).toBe(
      `${TUBA.replace("'1.2.3'", "'2.0.0'")
        .replace('horn>=1', 'horn>=2,<3')
        .replace('drum[loud] @ file:///srv/drum ;', 'drum[loud]>=5 ;')
        .replace('["alto"]', '["alto>=3,<4"]')
        .replace('lamp>=1', 'lamp>=2,<3')
        .replace('-e file:///${PROJECT_ROOT}/../baton#egg=baton[long]', 'baton[long]>=1,<2')
        .replace('mold==1', 'mold==2')}
[tool.nx-pypi.provenance]
format = "1"

[tool.nx-pypi.provenance.declared]
horn = ">=1"
`,
    );
  });

  it('changes a declaration that a group includes where it is written, once', () => {
    const lamps = (pkg: ReturnType<typeof onlyPackage>): typeof pkg.declarations =>
      pkg.declarations.filter(({ name }) => name === 'lamp');
    expect(lamps(onlyPackage(files))).toHaveLength(2);
    const after = changed(files, (pkg) =>
      lamps(pkg).map((declaration) => ({ kind: 'set-constraint', declaration, specifier: '>=4' })),
    );
    expect(after['brass/tuba/pyproject.toml']).toBe(TUBA.replace('lamp>=1', 'lamp>=4'));
  });

  it('refuses two different changes of one declaration', () => {
    const code = problemOf(files, (pkg) => [constrain(pkg, 'horn', '>=2'), constrain(pkg, 'horn', '>=3')]);
    expect(code).toBe('NXPYPI_EDITS_CONFLICT');
  });

  it.each(['1.2.3'])('refuses the version that is there, %s (law 10)', (version) => {
    expect(problemOf(files, () => [{ kind: 'set-version', version }])).toBe('NXPYPI_EDIT_CHANGES_NOTHING');
  });

  it('refuses a declaration that is no longer there', () => {
    const pkg = onlyPackage(files);
    const gone = { 'brass/tuba/pyproject.toml': TUBA.replace('horn>=1', 'horn>=1.5') };
    const result = manifestEdits(pkg, [constrain(pkg, 'horn', '>=2')], readerOf(gone));
    expect(result).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_SPOT_GONE' } });
    const none = manifestEdits(pkg, [{ kind: 'set-version', version: '2' }], readerOf({}));
    expect(none).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_SPOT_GONE' } });
  });

  it('edits the files of setuptools that [project] leaves its fields to', () => {
    const legacy = {
      'tuba/pyproject.toml':
        '[project]\nname = "tuba"\nversion = "1"\ndynamic = ["dependencies", "optional-dependencies"]\n[tool.setuptools.dynamic]\noptional-dependencies.loud = { file = "loud.txt" }\n[build-system]\nbuild-backend = "setuptools.build_meta"\n',
      'tuba/setup.py': 'from setuptools import setup\nsetup(install_requires=["horn>=1"])\n',
      'tuba/loud.txt': '# loud\ngong >=1  # bronze\n',
    };
    const after = changed(legacy, (pkg) => [constrain(pkg, 'horn', '>=2'), constrain(pkg, 'gong', '>=2')]);
    expect(after).toEqual({
      ...legacy,
      'tuba/setup.py': 'from setuptools import setup\nsetup(install_requires=["horn>=2"])\n',
      'tuba/loud.txt': '# loud\ngong >=2  # bronze\n',
    });
  });

  it('says so when a table cannot be added to the file without harm', () => {
    const inline = {
      'pyproject.toml': 'project = { name = "tuba", version = "1" }\ntool = { nx-pypi = { publish = true } }\n',
    };
    expect(problemOf(inline, () => [{ kind: 'set-provenance', fields: { format: '1' } }])).toBe('NXPYPI_EDIT_UNSAFE');
  });
});

describe('set-provenance', () => {
  const fields = { format: '1', revision: 'c0ffee', declared: { horn: '^1 "old"', 'b.c': '' } };

  it.each([
    ['no newline at the end', '[project]\nname = "tuba"\nversion = "1"'],
    ['CRLF', '[project]\r\nname = "tuba"\r\nversion = "1"\r\n'],
    ['a byte order mark', '\uFEFF[project]\nname = "tuba"\nversion = "1"\n'],
    ['a table of ours before it', '[tool.nx-pypi]\npublish = true\n[project]\nname = "tuba"\nversion = "1"\n'],
  ])('is appended after %s, and replaced by the next one without a trace', (_what, text) => {
    const once = changed({ 'pyproject.toml': text }, () => [{ kind: 'set-provenance', fields }]);
    expect(once['pyproject.toml']?.startsWith(text)).toBe(true);
    const twice = changed(once, () => [{ kind: 'set-provenance', fields: { ...fields, revision: 'decaf' } }]);
    expect(twice['pyproject.toml']).toBe(once['pyproject.toml']?.replace('c0ffee', 'decaf'));
    expect(problemOf(once, () => [{ kind: 'set-provenance', fields }])).toBe('NXPYPI_EDIT_CHANGES_NOTHING');
    expect(once['pyproject.toml']?.includes('\r\n')).toBe(text.includes('\r\n'));
    expect(once['pyproject.toml']?.replaceAll('\r\n', '').includes('\r')).toBe(false);
    expect(discover(once).problems).toEqual([]);
  });

  it.each([
    ['[tool.nx-pypi.provenance]\nformat = "0"\n# kept\n[tool.x]\n', '# kept\n[tool.x]\n'],
    ['[tool.nx-pypi]\nprovenance.format = "0" # old\npublish = true\n', '[tool.nx-pypi]\npublish = true\n'],
    ['[tool.nx-pypi]\nprovenance = { format = "0" }\npublish = true\n', '[tool.nx-pypi]\npublish = true\n'],
    ['[tool.nx-pypi.provenance.declared]\na = "1"\n[tool.x]\n[tool.nx-pypi.provenance]\nformat = "0"\n', '[tool.x]\n'],
  ])('takes the place of %j', (before, kept) => {
    const head = '[project]\nname = "tuba"\nversion = "1"\n';
    const after = changed({ 'pyproject.toml': head + before }, () => [
      { kind: 'set-provenance', fields: { format: '1' } },
    ]);
    expect(after['pyproject.toml']).toBe(`${head}${kept}\n[tool.nx-pypi.provenance]\nformat = "1"\n`);
  });
});
