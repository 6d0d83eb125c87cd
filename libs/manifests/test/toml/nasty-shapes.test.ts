import { expect, it } from 'vitest';
import type { ManifestChange, PythonPackage } from '../../src/index.ts';
import { changed } from '../reader-of.ts';

/** `@V` stands for the version, `@R` for a requirement, `@C` for a Poetry constraint; all else must stay, byte by byte. */
const SHAPES: readonly (readonly [string, string])[] = [
  ['plain', '[project]\nname = "tuba"\nversion = "@V"\ndependencies = ["@R"]\n'],
  [
    'odd spacing, a comment glued to the value',
    '[project]\nname="tuba"\n  version   =\t"@V"#v1.2.3\ndependencies=[ "@R" ]\n',
  ],
  [
    'a commented array of many lines',
    '[project]\nname = "tuba"\nversion = "@V"\ndependencies = [\n  # brass\n  "lute", # "horn>=1,<2"\n  "@R", # low\n  # end\n]\n',
  ],
  ['CRLF', '[project]\r\nname = "tuba"\r\nversion = "@V"\r\ndependencies = [\r\n  "@R",\r\n]\r\n'],
  ['mixed line ends', '[project]\r\nname = "tuba"\nversion = "@V"\r\ndependencies = [\n  "@R",\r\n]\n'],
  ['a byte order mark', '\uFEFF[project]\nname = "tuba"\nversion = "@V"\ndependencies = ["@R"]\n'],
  ['many final newlines', '[project]\nname = "tuba"\nversion = "@V"\ndependencies = ["@R"]\n\n\n\n'],
  ['no final newline', '[project]\nname = "tuba"\ndependencies = ["@R"]\nversion = "@V"'],
  ['dotted keys with spaces', 'project . name = "tuba"\nproject . version = "@V"\nproject.dependencies = ["@R"]\n'],
  ['quoted keys', '["project"]\n"name" = "tuba"\n\'version\' = "@V"\n"dependencies" = ["@R"]\n'],
  ['escaped keys', '[project]\nname = "tuba"\n"v\\u0065rsion" = "@V"\n"dep\\u0065ndencies" = ["@R"]\n'],
  ['literal strings', "[project]\nname = 'tuba'\nversion = '@V'\ndependencies = ['@R']\n"],
  ['basic strings of many lines', '[project]\nname = "tuba"\nversion = """@V"""\ndependencies = ["""@R"""]\n'],
  ['literal strings of many lines', "[project]\nname = 'tuba'\nversion = '''@V'''\ndependencies = ['''@R''']\n"],
  ['an inline table', 'project = { name = "tuba", version = "@V", dependencies = ["@R"] } # all\n'],
  [
    'an inline table of many lines (TOML 1.1)',
    'project = {\n  name = "tuba",\n  version = "@V", # v\n  dependencies = ["@R"],\n}\n',
  ],
  [
    'headers with spaces',
    '[ project ]\nname = "tuba"\nversion = "@V"\ndependencies = ["@R"]\n\n[ tool . other ]\nversion = "1.2.3"\n',
  ],
  ['tabs', '[project]\n\tname\t=\t"tuba"\n\tversion\t=\t"@V"\t# v\n\tdependencies\t=\t[\t"@R"\t,\t]\n'],
  [
    'tables out of order',
    '[project.urls]\nhome = "x"\n\n[tool.a]\nb = 1\n\n[project]\nname = "tuba"\nversion = "@V"\ndependencies = ["@R"]\n\n[tool.c]\nd = 2\n',
  ],
  [
    'commas in front, with comments',
    '[project]\nname = "tuba"\nversion = "@V"\ndependencies = [\n    "lute"   # a\n  , "@R" # b\n  , "oboe" # c\n]\n',
  ],
  [
    'the same texts elsewhere',
    '# version = "1.2.3"\n[tool.x]\nversion = "1.2.3"\nlist = ["horn>=1,<2"]\n[project]\nname = "tuba"\nversion = "@V" # "1.2.3"\ndependencies = ["@R"] # "horn>=1,<2"\n',
  ],
  ['the same requirement twice', '[project]\nname = "tuba"\nversion = "@V"\ndependencies = ["@R", "horn>=1,<2"]\n'],
  [
    'letters of other alphabets before the spans',
    '[project]\ndescription = "Röhre 🎺 管"\nname = "tuba"\nversion = "@V"\ndependencies = ["@R"]\n',
  ],
  ['Poetry: a string', '[tool.poetry]\nname = "tuba"\nversion = "@V"\n[tool.poetry.dependencies]\nhorn = "@C" # low\n'],
  [
    'Poetry: an inline table',
    '[tool.poetry]\nname = "tuba"\nversion = "@V"\n[tool.poetry.dependencies]\nhorn = {version="@C" , extras = [ "mute" ]} # low\n',
  ],
  [
    'Poetry: an array of inline tables',
    '[tool.poetry]\nname = "tuba"\nversion = "@V"\n[tool.poetry.dependencies]\nhorn = [ { version = "@C", python = "^3.9" } ]\n',
  ],
  [
    'Poetry: a table of its own',
    '[tool.poetry.dependencies.horn]\nversion = "@C"\nextras = ["mute"]\n[tool.poetry]\nname = "tuba"\nversion = "@V"\n',
  ],
  [
    'Poetry: dotted keys in headers with spaces',
    '[ tool . "poetry" ]\nname = "tuba"\nversion = "@V"\ndependencies . horn . version = \'@C\'\n',
  ],
];

const BEFORE = { V: '1.2.3', R: 'horn>=1,<2', C: '^1.2' };
const AFTER = { V: '2.0.0', R: 'horn>=2.0.0,<3', C: '^2.0' };

function filled(shape: string, values: typeof BEFORE): string {
  return shape.replace('@V', values.V).replace('@R', values.R).replace('@C', values.C);
}

function changes(pkg: PythonPackage): readonly ManifestChange[] {
  const declaration = pkg.declarations.find(({ normalizedName }) => normalizedName === 'horn');
  if (declaration === undefined) throw new Error('horn is not declared');
  const range =
    pkg.dialect === 'poetry'
      ? { specifier: '>=2.0,<3.0', written: '^2.0' }
      : { specifier: '>=2.0.0,<3', written: '>=2.0.0,<3' };
  return [
    { kind: 'set-version', version: '2.0.0' },
    { kind: 'rewrite-range', declaration, ...range },
  ];
}

it('there are 28 shapes', () => {
  expect(SHAPES).toHaveLength(28);
});

it.each(SHAPES)('%s: only the spans change', (_what, shape) => {
  const file = 'tuba/pyproject.toml';
  expect(changed({ [file]: filled(shape, BEFORE) }, changes)[file]).toBe(filled(shape, AFTER));
});
