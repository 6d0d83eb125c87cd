import { describe, expect, it } from 'vitest';
import { changed, onlyPackage, problemOf, type Files } from '../reader-of.ts';

/** `@V` stands for the version; all else must stay, byte by byte. */
type Shape = readonly [what: string, text: string];

/** Every way to write it, under one name. */
function filled(text: string, version: string): string {
  return text.replace('@V', version);
}

/** Writes 2.0.0rc1 over 1.4.0 and back, and reads what stands there each time. */
function thereAndBack(files: (version: string) => Files): readonly [Files, Files] {
  const before = files('1.4.0');
  expect(onlyPackage(before).version).toMatchObject({ text: '1.4.0' });
  const there = changed(before, () => [{ kind: 'set-version', version: '2.0.0rc1' }]);
  expect(onlyPackage(there).version).toMatchObject({ text: '2.0.0rc1' });
  return [there, changed(there, () => [{ kind: 'set-version', version: '1.4.0' }])];
}

function refusal(files: Files): string {
  const { version } = onlyPackage(files);
  const code = problemOf(files, () => [{ kind: 'set-version', version: '2.0.0rc1' }]);
  return `${code ?? 'written'}: ${version.kind === 'unreadable' ? version.reason : version.kind}`;
}

describe('setup.cfg: only the span changes', () => {
  const SHAPES: readonly Shape[] = [
    ['colons', '[metadata]\nname : oboe\nversion : @V\n'],
    ['CRLF and tabs', '[metadata]\r\n\tname\t=\toboe\r\nversion\t:\t@V\t\r\n\r\n'],
    ['CR alone', '[metadata]\rname = oboe\rversion = @V\r'],
    ['mixed line ends, no final one', '[metadata]\r\nname = oboe\nversion = @V'],
    ['a byte order mark before a comment', '\uFEFF# winds\n[metadata]\nname = oboe\nversion = @V\n'],
    ['percent signs for interpolation', '[metadata]\nname = oboe\ndescription = 100 %% %(name)s\nversion = @V\n'],
    [
      'comments of both kinds',
      '; 1.4.0\n# 1.4.0\n[metadata]\n; version = 1.4.0\nname = oboe\n  # version\nversion = @V\n',
    ],
    ['a value below a comment', '[metadata]\nname = oboe\nversion =\n  # the season\n  @V\n'],
    ['a comment behind the section', '[metadata] # version = 1.4.0\nname = oboe\nversion = @V\n'],
    ['a continued description', '[metadata]\nname = oboe\ndescription = a\n  version = 1.4.0\n\tb\nversion = @V\n'],
    [
      'the option in other sections',
      '[bdist]\nversion = 1.4.0\n[metadata]\nname = oboe\nversion = @V\n[x]\nversion = 1.4.0\n',
    ],
    ['an option that ends so', '[metadata]\nname = oboe\nmin_version = 1.4.0\nversion = @V\nversion_info = 1.4.0\n'],
    ['other alphabets', '[metadata]\nname = oboe\nauthor = Björn 🎺 管\nversion = @V\n'],
  ];

  it.each(SHAPES)('%s', (_what, shape) => {
    const files = (version: string): Files => ({ 'oboe/setup.cfg': filled(shape, version) });
    expect(thereAndBack(files)).toEqual([files('2.0.0rc1'), files('1.4.0')]);
  });

  it.each([
    ['two lines', '[metadata]\nname = oboe\nversion = 1.4\n  .0\n', 'is no single line'],
    ['none', '[DEFAULT]\nversion = 1.4.0\n[metadata]\nname = oboe\n', 'no version is declared'],
  ])('%s: said, not guessed', (_what, text, reason) => {
    expect(refusal({ 'oboe/setup.cfg': text })).toMatch(new RegExp(`^NXPYPI_VERSION_UNREADABLE: .*${reason}`));
  });
});

/** A module whose `__version__` setuptools reads, as `attr:` says. */
function attribute(module: string): Files {
  return {
    'oboe/setup.cfg': '[metadata]\nname = oboe\nversion = attr: oboe.__version__\n',
    'oboe/oboe/__init__.py': module,
  };
}

describe('__version__: only the span changes', () => {
  const SHAPES: readonly Shape[] = [
    ['single quotes', "__version__ = '@V'\n"],
    ['three quotes', '__version__ = """@V"""\n'],
    ['three single quotes on lines of their own', "__version__ = '''\n@V\n'''\n"],
    ['a raw string', 'x = 1\n__version__ = R"@V"\n'],
    ['a Unicode string', "__version__ = u'@V'\n"],
    ['parentheses over lines', '__version__ = (\n    # 1.4.0\n    "@V"  # 1.4.0\n)\n'],
    ['a continued line', '__version__ = \\\n    "@V"\n'],
    ['tabs and a comment glued to it', '__version__\t=\t"@V"#"1.4.0"\n'],
    ['semicolons', 'a = "1.4.0"; __version__ = "@V"; b = "1.4.0"\n'],
    ['an annotation', '__version__: str = "@V"\n'],
    ['an annotation in quotes', '__version__: "Final[str]" = "@V"\n'],
    ['a chain', '__version__ = version = "@V"\n'],
    ['the end of a chain', 'version = __version__ = "@V"\n'],
    ['several names', '__author__, __version__ = "1.4.0", "@V"\n'],
    ['CRLF', '"""Oboe."""\r\n__version__ = "@V"\r\n'],
    ['a byte order mark', '\uFEFF__version__ = "@V"\n'],
    ['a form feed', '\f\n__version__ = "@V"'],
    ['an encoding cookie', '# -*- coding: latin-1 -*-\n__version__ = "@V"\n__author__ = "Bjorn"\n'],
    ['two UTF-16 units a letter', 'x = "🎺🎺"; __version__ = "@V"\n'],
    ['mentions in strings and comments', '"""\n__version__ = "9"\n"""\n# __version__ = "9"\n__version__ = "@V"\n'],
    ['a class with its own', 'class Reed:\n    __version__ = "9"\n\n__version__ = "@V"\n'],
    ['a condition that holds', 'if True:\n    __version__ = "@V"\n'],
  ];

  it.each(SHAPES)('%s', (_what, shape) => {
    const files = (version: string): Files => attribute(filled(shape, version));
    expect(thereAndBack(files)).toEqual([files('2.0.0rc1'), files('1.4.0')]);
  });

  it('the first of several assignments is what setuptools reads', () => {
    const files = (version: string): Files => attribute(`__version__ = "${version}"\n__version__ = "9"\n`);
    expect(thereAndBack(files)).toEqual([files('2.0.0rc1'), files('1.4.0')]);
  });

  it.each([
    ['an f-string', '__version__ = f"1.4.0"\n', 'an f-string'],
    ['a string in parts', '__version__ = "1.4" ".0"\n', 'a string in several parts'],
    ['a sum', '__version__ = "1.4" + ".0"\n', 'put together by an operator'],
    ['a tuple', '__version__ = (1, 4, 0)\n', 'a tuple'],
    ['two values', '__version__ = "1.4.0", "x"\n', 'a tuple'],
    ['bytes', '__version__ = b"1.4.0"\n', 'a bytes literal'],
    ['escapes', '__version__ = "1.4\\x2e0"\n', 'a string with escapes'],
    ['a call', 'from importlib.metadata import version\n__version__ = version("oboe")\n', 'computed'],
  ])('%s: said, not guessed', (_what, module, reason) => {
    const said = refusal(attribute(module));
    expect(said).toMatch(/^NXPYPI_VERSION_UNREADABLE: __version__ in oboe\/oboe\/__init__\.py is /);
    expect(said).toContain(reason);
  });
});

describe('setup.py: only the span changes', () => {
  const setup = (before: string, argument: string): string =>
    `from setuptools import setup\n${before}setup(name="oboe", ${argument})\n`;
  const SHAPES: readonly Shape[] = [
    ['an annotated constant', setup('VERSION: str = "@V"\n', 'version=VERSION')],
    ['a chain', setup('__version__ = version = "@V"\n', 'version=version')],
    ['the last of several assignments', setup('v = "9"\nv = "@V"\n', 'version=v')],
    ['a condition', setup('import sys\nif sys.version_info > (3,):\n    v = "@V"\nelse:\n    v = "9"\n', 'version=v')],
    ['a function', setup('def opus():\n    return "@V"  # 1.4.0\n\n', 'version=opus()')],
    ['a default for the environment', setup('import os\n', 'version=os.environ.get("OPUS", "@V")')],
    ['white space that is stripped', setup('', 'version=" @V ".strip()')],
    ['an encoding cookie', `# coding: latin-1\n${setup('', 'version="@V", author="Bjorn"')}`],
  ];

  it.each(SHAPES)('%s', (_what, shape) => {
    const files = (version: string): Files => ({ 'oboe/setup.py': filled(shape, version) });
    expect(thereAndBack(files)).toEqual([files('2.0.0rc1'), files('1.4.0')]);
  });

  it.each([
    ['an f-string', '', 'version=f"1.4.0"', 'together from parts'],
    ['strings side by side', '', 'version="1.4" ".0"', 'together from parts'],
    ['a format', '', 'version="1.{}.0".format(4)', 'together from parts'],
    ['an addition later', 'v = "1.4"\nv += ".0"\n', 'version=v', 'together from parts'],
    ['bytes', '', 'version=b"1.4.0"', 'together from parts'],
    ['a tuple that is joined', 'VERSION = (1, 4, 0)\n', 'version=".".join(map(str, VERSION))', 'line 3'],
    ['a tuple', 'VERSION = (1, 4, 0)\n', 'version=VERSION', 'is no string'],
  ])('%s: said, not guessed', (_what, before, argument, reason) => {
    const said = refusal({ 'oboe/setup.py': setup(before, argument) });
    expect(said).toMatch(/^NXPYPI_VERSION_UNREADABLE: /);
    expect(said).toContain(reason);
  });
});

describe('version files and Cargo.toml: only the span changes', () => {
  const inFile = (content: string): Files => ({
    'oboe/setup.cfg': '[metadata]\nname = oboe\nversion = file: VERSION\n',
    'oboe/VERSION': content,
  });

  it.each<Shape>([
    ['a final newline', '@V\n'],
    ['none', '@V'],
    ['a byte order mark, CRLF and an empty line', '\uFEFF@V\r\n\r\n'],
    ['white space around it', '\n\t @V \t\n'],
  ])('%s', (_what, shape) => {
    const files = (version: string): Files => inFile(filled(shape, version));
    expect(thereAndBack(files)).toEqual([files('2.0.0rc1'), files('1.4.0')]);
  });

  const PYPROJECT =
    '[build-system]\nrequires = ["maturin"]\nbuild-backend = "maturin"\n[project]\nname = "oboe"\ndynamic = ["version"]\n';
  const inherit = (member: string, workspace: string): Files => ({
    'oboe/pyproject.toml': PYPROJECT,
    'oboe/Cargo.toml': member,
    'Cargo.toml': workspace,
  });

  it.each([
    ['a dotted key', '[package]\nname = "oboe"\nversion.workspace = true\n'],
    ['an inline table', '[package]\nname = "oboe"\nversion = { workspace = true }\n'],
    ['a package in one line', 'package = { name = "oboe", version.workspace = true }\n'],
  ])('a member that inherits by %s', (_what, member) => {
    const workspaces = [
      '[workspace]\nmembers = ["oboe"]\n\n[workspace.package]\nversion = "@V" # "1.4.0"\n\n[workspace.dependencies]\nreed = "1.4.0"\n',
      "[workspace.package]\r\nversion = '@V'\r\n",
      'workspace.package.version = "@V"\n',
    ];
    for (const workspace of workspaces) {
      const there = changed(inherit(member, filled(workspace, '1.4.0')), () => [
        { kind: 'set-version', version: '2.0.0rc1' },
      ]);
      expect(there).toEqual(inherit(member, filled(workspace, '2.0.0-rc.1')));
    }
  });

  it('its dependencies of the same version stay', () => {
    const cargo = '[dependencies]\nreed = "1.4.0"\n[package]\nname = "oboe"\nversion = "@V"\nrust-version = "1.4.0"\n';
    const files = (version: string): Files => ({
      'oboe/pyproject.toml': PYPROJECT,
      'oboe/Cargo.toml': filled(cargo, version),
    });
    expect(changed(files('1.4.0'), () => [{ kind: 'set-version', version: '1.5.0' }])).toEqual(files('1.5.0'));
  });

  it('a Cargo workspace that is not there is said', () => {
    const files = { 'oboe/pyproject.toml': PYPROJECT, 'oboe/Cargo.toml': '[package]\nversion.workspace = true\n' };
    expect(refusal(files)).toContain('inherits its version from a Cargo workspace that cannot be found');
  });
});
