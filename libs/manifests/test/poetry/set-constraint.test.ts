import { expect, it } from 'vitest';
import { changed, constrain, onlyPackage, problemOf } from '../reader-of.ts';

const HEAD = '[tool.poetry]\nname = "tuba"\nversion = "1"\n';

function edited(body: string, specifier = '>=1.2,<2'): string {
  const files = { 'tuba/pyproject.toml': HEAD + body };
  const after = changed(files, (pkg) => [constrain(pkg, 'horn', specifier)]);
  const text = after['tuba/pyproject.toml'] ?? '';
  const read = onlyPackage(after).declarations.find(({ normalizedName }) => normalizedName === 'horn');
  expect(read).toMatchObject({ specifier: specifier === '*' ? '' : specifier, directReference: false });
  return text.slice(HEAD.length);
}

const inline = (line: string): string => `[tool.poetry.dependencies]\n${line} # brass\nlute = "*"\n`;

it.each([
  ['horn = "^1.0"', 'horn = ">=1.2,<2"'],
  ["horn = '^1.0'", "horn = '>=1.2,<2'"],
  ['horn = {path="../horn", develop=true}', 'horn = ">=1.2,<2"'],
  ['horn = { git = "https://hall.example/h.git", branch = "main" }', 'horn = ">=1.2,<2"'],
  ['horn = { version = "^1", extras = ["mute"] }', 'horn = { version = ">=1.2,<2", extras = ["mute"] }'],
  [
    'horn = { path = "../horn", develop = true, extras = ["mute"], optional = false }',
    'horn = { version = ">=1.2,<2", extras = ["mute"], optional = false }',
  ],
  [
    'horn = { extras = ["mute"], path = "../horn", develop = true }',
    'horn = { extras = ["mute"], version = ">=1.2,<2" }',
  ],
  [
    'horn = { develop = true, markers = "os_name == \'nt\'", subdirectory = "h", git = "https://hall.example/h.git" }',
    'horn = { version = ">=1.2,<2", markers = "os_name == \'nt\'" }',
  ],
  ['horn.path = "../horn"', 'horn.version = ">=1.2,<2"'],
  ['horn = [{ path = "../horn" }]', 'horn = [{ version = ">=1.2,<2" }]'],
  ['"Horn" = { "path" = "../horn", extras = ["m"] }', '"Horn" = { "version" = ">=1.2,<2", extras = ["m"] }'],
])('%s becomes %s, the rest of the file stays', (before, after) => {
  expect(edited(inline(before))).toBe(inline(after));
});

it('takes whole lines out of a table of its own', () => {
  const before =
    '[tool.poetry.dependencies.horn]\n# brass\nextras = ["mute"]\npath = "../horn" # near\ndevelop = true # edit\n\n[tool.x]\n';
  const after =
    '[tool.poetry.dependencies.horn]\n# brass\nextras = ["mute"]\nversion = ">=1.2,<2" # near\n\n[tool.x]\n';
  expect(edited(before)).toBe(after);
});

it('takes dotted keys out with their lines, up to the end of the file and with CRLF', () => {
  const before = '[tool.poetry.dependencies]\r\nhorn.path = "../horn"\r\nhorn.extras = ["m"]\r\nhorn.develop = true';
  const after = '[tool.poetry.dependencies]\r\nhorn.version = ">=1.2,<2"\r\nhorn.extras = ["m"]\r\n';
  expect(edited(before)).toBe(after);
});

it('writes no range as any version', () => {
  expect(edited(inline('horn = { path = "../horn" }'), '')).toBe(inline('horn = "*"'));
});

it('changes one of several constraints', () => {
  expect(edited(inline('horn = [{ version = "^1", python = "<3.9" }, { version = "^2", python = ">=3.9" }]'))).toBe(
    inline('horn = [{ version = ">=1.2,<2", python = "<3.9" }, { version = "^2", python = ">=3.9" }]'),
  );
});

it('changes what [project] ships, not the source beside it (Poetry 2)', () => {
  const files = {
    'pyproject.toml':
      '[project]\nname = "tuba"\nversion = "1"\ndependencies = ["horn"]\n[tool.poetry.dependencies]\nhorn = { path = "h" }\n[build-system]\nbuild-backend = "poetry.core.masonry.api"\n',
  };
  const after = changed(files, (pkg) => [constrain(pkg, 'horn', '>=1,<2')]);
  expect(after['pyproject.toml']).toBe(files['pyproject.toml'].replace('["horn"]', '["horn>=1,<2"]'));
});

it('refuses the constraint that is there (law 10)', () => {
  const files = { 'pyproject.toml': `${HEAD}[tool.poetry.dependencies]\nhorn = ">=1,<2"\n` };
  expect(problemOf(files, (pkg) => [constrain(pkg, 'horn', '>=1,<2')])).toBe('NXPYPI_EDIT_CHANGES_NOTHING');
});
