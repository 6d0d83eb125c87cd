import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readModuleName, runSetup } from '../../src/python-source/run.ts';
import type { Value } from '../../src/python-source/values.ts';

type Files = Readonly<Record<string, string>>;

function readerOf(files: Files): (path: string) => string | undefined {
  return (path) => (Object.hasOwn(files, path) ? files[path] : undefined);
}

/** Evaluates `expression` as an argument of `setup()` after `before`, in a folder `strings`. */
function evaluated(expression: string, before = '', files: Files = {}): unknown {
  const source = `from setuptools import setup\n${before}\nsetup(value=${expression})\n`;
  const all = { ...files, 'strings/setup.py': source };
  const value = runSetup('strings/setup.py', source, readerOf(all)).calls[0]?.keywords.get('value');
  return value === undefined ? 'no call' : shown(value, all);
}

/** Plain data for a value; a string with an origin must be what stands there. */
function shown(value: Value, files: Files): unknown {
  switch (value.kind) {
    case 'string':
      if (value.origin !== null) {
        const { file, start, end } = value.origin;
        expect(files[file]?.slice(start, end)).toBe(value.text);
      }
      return value.origin === null ? value.text : `${value.text} @ ${value.origin.file}`;
    case 'list':
      return [
        ...value.items.map((item) => shown(item, files)),
        ...(value.rest === null ? [] : [{ more: value.rest.reason }]),
      ];
    case 'dict':
      return Object.fromEntries([
        ...Array.from(value.entries, ([key, entry]) => [key, shown(entry, files)]),
        ...(value.rest === null ? [] : [['…', value.rest.reason]]),
      ]) as unknown;
    case 'number':
    case 'boolean':
      return value.value;
    case 'computed':
      return `computed: line ${String(value.line)} of ${value.file} ${value.reason}`;
    case 'path':
      return `path ${value.path}`;
    default:
      return value.kind;
  }
}

describe('values', () => {
  it.each([
    ['"viola"', 'viola @ strings/setup.py'],
    ["u'viola'", 'viola @ strings/setup.py'],
    ['"vio" "la"', 'viola'],
    ['"vio" + "la"', 'viola'],
    ['"vio\\x6ca"', 'viola'],
    ['("viola")', 'viola @ strings/setup.py'],
    ['["a", "b"] + ["c"]', ['a @ strings/setup.py', 'b @ strings/setup.py', 'c @ strings/setup.py']],
    ['[*("a",), "b",]', ['a @ strings/setup.py', 'b @ strings/setup.py']],
    ['{"a": ["b"], **{"c": "d"}}', { a: ['b @ strings/setup.py'], c: 'd @ strings/setup.py' }],
    ['dict(a="b")', { a: 'b @ strings/setup.py' }],
    ['"%s-%d" % ("viola", 2)', 'viola-2'],
    ['"%(part)s" % {"part": "viola"}', 'viola @ strings/setup.py'],
    ['"{}.{}".format(1, 2)', '1.2'],
    ['"{part}{{}}".format(part="viola")', 'viola{}'],
    ['f"{1}.{2}"', '1.2'],
    ['".".join(["1", "2"])', '1.2'],
    ['".".join(str(part) for part in (1, 2))', '1.2'],
    ['[name.strip() for name in "a, b,".split(",") if name.strip()]', ['a @ strings/setup.py', 'b @ strings/setup.py']],
    ['{part: [part + "s"] for part in ["viola"]}', { viola: ['violas'] }],
    ['[a + b for a in "x y".split() for b in ("1", "2")]', ['x1', 'x2', 'y1', 'y2']],
    ['"a" if 1 == 1 else "b"', 'a @ strings/setup.py'],
    ['"a" if not "" else "b"', 'a @ strings/setup.py'],
    ['"a,b".split(",")[1]', 'b @ strings/setup.py'],
    ['"viola"[1:3]', 'io @ strings/setup.py'],
    ['["a", "b", "c"][:-1]', ['a @ strings/setup.py', 'b @ strings/setup.py']],
    ['None or "a"', 'a @ strings/setup.py'],
    ['"" and "a"', ' @ strings/setup.py'],
    ['3 + 4 - 1', 6],
    ['"io" in "viola"', true],
    ['"a" not in ["b"]', true],
    ['"a.b".partition(".")[2]', 'b @ strings/setup.py'],
  ])('evaluates %s', (expression, expected) => {
    expect(evaluated(expression)).toEqual(expected);
  });

  it.each([
    ['a constant', 'V = "1.0"', 'V', '1.0 @ strings/setup.py'],
    ['the last of several assignments', 'V = "1.0"\nV = "2.0"', 'V', '2.0 @ strings/setup.py'],
    [
      'chained and tuple targets',
      'a = b = "x"\nc, (d, e) = "y", ("z", "w")',
      '[a, b, c, e]',
      ['x', 'x', 'y', 'w'].map(here),
    ],
    ['an augmented list', 'R = ["a"]\nR += ["b"]', 'R', ['a', 'b'].map(here)],
    [
      'append, extend and insert',
      'R = []\nR.append("a")\nR.extend(["b"])\nR.insert(0, "c")',
      'R',
      ['a', 'b', 'c'].map(here),
    ],
    ['an entry of a dictionary', 'E = {}\nE["all"] = ["a"]\nE["all"] += ["b"]', 'E', { all: ['a', 'b'].map(here) }],
    ['update of a dictionary', 'E = {"a": "1"}\nE.update({"b": "2"}, c="3")', 'list(E)', ['a', 'b', 'c']],
    [
      'a loop',
      'R = []\nfor x in ["a", "b", "c"]:\n    if x == "b":\n        continue\n    R.append(x)',
      'R',
      ['a', 'c'].map(here),
    ],
    ['a function', 'def of(part, n="2"):\n    return part + n', 'of("viola")', 'viola2'],
    [
      'a function with stars',
      'def of(*parts, **more):\n    return [parts[1], more["k"]]',
      'of("a", "b", k="c")',
      ['b', 'c'].map(here),
    ],
    ['a lambda', 'of = lambda part: [part]', 'of("a")', 'computed: line 3 of strings/setup.py calls lambda()'],
    ['the branch of __main__', 'V = "1"\nif __name__ == "__main__":\n    V = "2"', 'V', '2 @ strings/setup.py'],
    ['a branch of old Pythons', 'import sys\nR = []\nif sys.version_info[0] < 3:\n    R.append("futures")', 'R', []],
    [
      'a branch of old Pythons by tuple',
      'import sys\nR = []\nif sys.version_info < (3, 6):\n    R.append("x")',
      'R',
      [],
    ],
    [
      'both branches of what cannot be told',
      'R = ["a"]\nif unknown():\n    R.append("b")',
      'R',
      ['a', 'b'].map(here).concat(),
    ],
    ['an unset variable of the environment', 'import os\nV = os.environ.get("SUFFIX", "a")', 'V', here('a')],
    ['a branch on the environment', 'import os\nV = "a"\nif "RELEASE" in os.environ:\n    V = "b"', 'V', here('a')],
    ['try without imports', 'try:\n    V = "1"\nexcept IOError:\n    V = "0"', 'V', here('1')],
    [
      'an import that may fail',
      'try:\n    import fast\n    V = "1"\nexcept ImportError:\n    V = "0"',
      'V',
      'computed: line 2 of strings/setup.py depends on what can be imported',
    ],
    ['a name of a branch only', 'if unknown():\n    V = "1"', 'V', here('1')],
    ['statements on one line', 'a = "1"; b = "2"', 'b', here('2')],
    ['a byte order mark further up', '\r\nV = "1"\r', 'V', here('1')],
  ])('follows statements: %s', (title, before, expression, expected) => {
    const value = evaluated(expression, before);
    const known = Array.isArray(value) && title.startsWith('both') ? value.slice(0, 2) : value;
    expect(known).toEqual(expected);
  });

  it('says that a list has more items than could be read', () => {
    expect(evaluated('R', 'R = ["a"]\nif unknown():\n    R.append("b")')).toEqual([
      here('a'),
      here('b'),
      { more: 'depends on unknown()' },
    ]);
  });
});

function here(text: string): string {
  return `${text} @ strings/setup.py`;
}

describe('files', () => {
  const files: Files = {
    'strings/VERSION': '1.4.0\r\n',
    'strings/README.md': '# Strings\n',
    'strings/strings/__init__.py': '\uFEFFfrom .about import __version__\n__title__ = "strings"\n',
    'strings/strings/about.py': '"""About."""\n__version__ = "1.4.0"  # season\n',
    'strings/src/winds/__init__.py': 'VERSION = "3.0"\n',
    'strings/requirements.txt': '# tuned\nviola>=1\n\ncello  # low\n',
    'strings/package.json': '{\n  "name": "strings-ui",\n  "version": "2.1.0"\n}\n',
    'shared.py': 'VERSION = "7.0"\n',
  };
  const HERE = 'import os, re, io, codecs\nhere = os.path.abspath(os.path.dirname(__file__))';

  it.each([
    ['open("VERSION").read().strip()', '', '1.4.0 @ strings/VERSION'],
    ['open(os.path.join(here, "VERSION"), encoding="utf-8").read().strip()', HERE, '1.4.0 @ strings/VERSION'],
    ['v', 'with open("VERSION") as f:\n    v = f.read().strip()', '1.4.0 @ strings/VERSION'],
    [
      'v',
      'import io\nwith io.open("VERSION", "rb") as f:\n    v = f.read().decode("utf-8").strip()',
      '1.4.0 @ strings/VERSION',
    ],
    [
      'read("VERSION").strip()',
      `${HERE}\ndef read(*names):\n    return codecs.open(os.path.join(here, *names)).read()`,
      '1.4.0 @ strings/VERSION',
    ],
    ['(Path(__file__).parent / "VERSION").read_text().strip()', 'from pathlib import Path', '1.4.0 @ strings/VERSION'],
    [
      'v',
      'from pathlib import Path\nv = Path(__file__).resolve().parent.joinpath("VERSION").read_text().splitlines()[0]',
      '1.4.0 @ strings/VERSION',
    ],
    ['__version__', 'from strings import __version__', '1.4.0 @ strings/strings/about.py'],
    ['__version__', 'from strings.about import *', '1.4.0 @ strings/strings/about.py'],
    ['strings.about.__version__', 'import strings.about', '1.4.0 @ strings/strings/about.py'],
    ['s.__title__', 'import strings as s', 'strings @ strings/strings/__init__.py'],
    ['VERSION', 'PACKAGE = "strings"\nVERSION = __import__(PACKAGE).__version__', '1.4.0 @ strings/strings/about.py'],
    ['winds.VERSION', 'import sys\nsys.path.insert(0, "src")\nimport winds', '3.0 @ strings/src/winds/__init__.py'],
    ['ns["__version__"]', 'ns = {}\nexec(open("strings/about.py").read(), ns)', '1.4.0 @ strings/strings/about.py'],
    [
      'ns["__version__"]',
      'ns = {}\nwith open("strings/about.py") as f:\n    exec(compile(f.read(), "about.py", "exec"), {}, ns)',
      '1.4.0 @ strings/strings/about.py',
    ],
    ['__version__', 'exec(open("strings/about.py").read())', '1.4.0 @ strings/strings/about.py'],
    ['run_path("strings/about.py")["__version__"]', 'from runpy import run_path', '1.4.0 @ strings/strings/about.py'],
    [
      'v',
      `${HERE}\ntext = open(os.path.join(here, "strings", "about.py")).read()\nv = re.search(r'^__version__\\s*=\\s*[\\'"]([^\\'"]*)[\\'"]', text, re.MULTILINE).group(1)`,
      '1.4.0 @ strings/strings/about.py',
    ],
    [
      'v',
      `${HERE}\nv = re.compile(r"__version__ = '?\\"(?P<v>[^']+?)\\"").search(open("strings/about.py").read())["v"]`,
      '1.4.0 @ strings/strings/about.py',
    ],
    [
      'v',
      'import re, ast\nv = str(ast.literal_eval(re.search(r"__version__\\s+=\\s+(.*?)  #", open("strings/about.py").read()).group(1)))',
      '1.4.0 @ strings/strings/about.py',
    ],
    [
      'v',
      'for line in open("strings/about.py"):\n    if line.startswith("__version__"):\n        v = line.split("#")[0].split("=")[1].strip().strip("\\"")\n        break',
      '1.4.0 @ strings/strings/about.py',
    ],
    [
      'find()',
      `${HERE}\ndef find():\n    m = re.search('"([0-9.]+)"', open("strings/about.py").read())\n    if m:\n        return m.group(1)\n    raise RuntimeError("no version")`,
      '1.4.0 @ strings/strings/about.py',
    ],
    [
      '[r for r in open("requirements.txt").read().splitlines() if r and not r.startswith("#")]',
      '',
      ['viola>=1 @ strings/requirements.txt', 'cello  # low @ strings/requirements.txt'],
    ],
    [
      'reqs',
      'reqs = []\nwith open("requirements.txt") as f:\n    for line in f:\n        reqs.append(line.partition("#")[0].strip())',
      [
        ' @ strings/requirements.txt',
        'viola>=1 @ strings/requirements.txt',
        ' @ strings/requirements.txt',
        'cello @ strings/requirements.txt',
      ],
    ],
    [
      'p["version"]',
      'import json\nwith open("package.json") as f:\n    p = json.load(f)',
      '2.1.0 @ strings/package.json',
    ],
    ['open("../shared.py").read()[11:14]', '', '7.0 @ shared.py'],
    [
      'm.VERSION',
      'from importlib.util import spec_from_file_location as spec, module_from_spec\ns = spec("m", "../shared.py")\nm = module_from_spec(s)\ns.loader.exec_module(m)',
      '7.0 @ shared.py',
    ],
    ['"yes" if os.path.exists("README.md") else "no"', HERE, 'yes @ strings/setup.py'],
    ['"yes" if os.path.isfile("CHANGES.md") else "no"', HERE, 'no @ strings/setup.py'],
  ])('reads %s', (expression, before, expected) => {
    expect(evaluated(expression, before, files)).toEqual(expected);
  });

  it('keeps the line of a module attribute that setup.py only copies', () => {
    const value = readModuleName('strings/strings/__init__.py', '__version__', 'strings', readerOf(files));
    expect(value).toMatchObject({ kind: 'string', text: '1.4.0', origin: { file: 'strings/strings/about.py' } });
  });
});

describe('what is not followed', () => {
  it.each([
    [
      'subprocess.check_output(["git", "describe"])',
      'import subprocess',
      'line 3 of strings/setup.py calls subprocess.check_output()',
    ],
    ['version()', '', 'line 3 of strings/setup.py calls version()'],
    [
      'open("/etc/hostname").read()',
      '',
      'line 3 of strings/setup.py reads /etc/hostname, which is no text file of the workspace',
    ],
    [
      'open("../../elsewhere").read()',
      '',
      'line 3 of strings/setup.py reads ../elsewhere, which is no text file of the workspace',
    ],
    ['os.environ["RELEASE"]', 'import os', 'line 3 of strings/setup.py is os.environ["RELEASE"]'],
    ['"%5s" % "a"', '', 'line 3 of strings/setup.py uses a format that is not read'],
    ['"{0!r}".format("a")', '', 'line 3 of strings/setup.py uses a format that is not read'],
    ['V', 'while tuning():\n    V = "1"', 'line 2 of strings/setup.py is assigned where it is not followed'],
    ['V', 'for x in parts():\n    V = x', 'line 2 of strings/setup.py is assigned in a loop over parts()'],
    ['V', 'V = "1"\nV = V if tuned() else "2"', 'line 3 of strings/setup.py depends on tuned()'],
    ['f()', 'def f():\n    return f()', 'line 3 of strings/setup.py takes too long to follow'],
    ['re.search("(a+)+$", "aaa").group()', 'import re', 'line 3 of strings/setup.py calls re.search()'],
    ['"a" @ "b"', '', 'line 3 of strings/setup.py is the expression "a" @ "b"'],
  ])('says why %s is computed', (expression, before, expected) => {
    expect(evaluated(expression, before)).toBe(`computed: ${expected}`);
  });

  it('records setup() behind aliases, in functions and under __main__', () => {
    const sources = [
      'import setuptools as st\nst.setup(name="a")',
      'from distutils.core import setup as make\nmake(name="a")',
      'from setuptools import *\nsetup(**dict(name="a"))',
      'try:\n    from setuptools import setup\nexcept ImportError:\n    from distutils.core import setup\nsetup(name="a")',
      'import setuptools\ndef main():\n    setuptools.setup(name="a")\nif __name__ == "__main__":\n    main()',
    ];
    const names = sources.map((source) => runSetup('setup.py', source, () => undefined).calls[0]?.keywords.get('name'));
    expect(names).toEqual(sources.map(() => expect.objectContaining({ kind: 'string', text: 'a' }) as unknown));
  });

  it('ends on programs without an end and on deep nesting', () => {
    const sources = [
      'def f(n):\n    return f(n) + f(n)\nsetup(name=f(1))',
      'x = ["a"]\nfor a in range(9):\n    x += x\nfor a in [1] * 9:\n    x += x\nsetup(name=x)',
      `s = "abcdefgh"\n${'s = s + s\n'.repeat(60)}setup(name=s)`,
      `x = ["a", "b"]\n${'x = x + x\n'.repeat(60)}setup(name=x)`,
      `setup(name=${'('.repeat(5000)}"a"${')'.repeat(5000)})`,
      `setup(name=${'"a" + '.repeat(5000)}"a")`,
      `${'if x:\n y = 1\n'.repeat(300)}setup(name="a")`,
      `${Array.from({ length: 40 }, (_, depth) => `${' '.repeat(depth)}if x${String(depth)}:\n`).join('')}${' '.repeat(40)}y = 1\nsetup(name="a")`,
      'from a import b\nsetup(name=b)',
    ];
    const files = { 'a.py': 'from b import b\n', 'b.py': 'from a import b\nfrom a import *\n' };
    for (const source of sources) expect(runSetup('setup.py', source, readerOf(files)).files).toContain('setup.py');
  });

  it('never throws', () => {
    const piece = constantFrom(
      'setup(',
      'name=',
      '"1.0"',
      "'''",
      '[',
      ']',
      '{',
      '}',
      ')',
      ':',
      ',',
      '=',
      '+',
      '%',
      '.',
      'x',
      'for x in x',
      'if x',
      'else',
      'def f(x):',
      'return',
      'with open("x") as f:',
      'import x',
      'from . import x',
      'from x import *',
      'exec(open("x.py").read(), x)',
      '.format(',
      '.append(x)',
      '.split("")',
      'f"{x}"',
      '\n',
      '\n ',
      '\n  ',
      '\r\n',
      'lambda x',
      'try:',
      'except:',
      '__import__("x")',
      '.constructor',
      '.toString()',
      '__proto__',
      '1',
      '-',
      '*',
      '**',
      'not',
      '#',
    );
    const files = { 'x.py': 'from x import *\nx = x\n', x: 'x' };
    assert(
      property(array(piece, { maxLength: 60 }), string(), (pieces, tail) => {
        const source = `x = ["a"]\n${pieces.join(' ')}${tail}\nsetup(name=x)`;
        expect(runSetup('setup.py', source, readerOf(files)).files[0]).toBe('setup.py');
      }),
      { numRuns: 300 },
    );
  });
});
