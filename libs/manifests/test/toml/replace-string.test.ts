import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/edits/apply-edits.ts';
import { replaceString } from '../../src/toml/replace-string.ts';
import type { TomlKeys } from '../../src/toml/with-value.ts';

function replaced(content: string, keys: TomlKeys, value: string): string {
  const result = replaceString('score.toml', content, keys, value);
  return result.kind === 'edits' ? applyEdits(content, result.edits) : result.problem.code;
}

const VERSION = ['project', 'version'];

describe('replaceString', () => {
  it.each<[title: string, before: string, keys: TomlKeys, after: string]>([
    ['keeps a comment', '[project]\nversion  =  "1.2.3"#v\n', VERSION, '[project]\nversion  =  "2.0.0"#v\n'],
    ['keeps CRLF', '[project]\r\nversion = "1"\r\n', VERSION, '[project]\r\nversion = "2.0.0"\r\n'],
    ['keeps mixed line ends', '[project]\nversion = "1"\r\n\n', VERSION, '[project]\nversion = "2.0.0"\r\n\n'],
    ['keeps a byte order mark', '\uFEFF[project]\nversion = "1"', VERSION, '\uFEFF[project]\nversion = "2.0.0"'],
    ['keeps the missing last newline', '[project]\nversion = "1"', VERSION, '[project]\nversion = "2.0.0"'],
    ['keeps literal quotes', "[project]\nversion = '1'\n", VERSION, "[project]\nversion = '2.0.0'\n"],
    ['keeps triple quotes', '[project]\nversion = """1"""\n', VERSION, '[project]\nversion = """2.0.0"""\n'],
    [
      'keeps triple literal quotes',
      "[project]\nversion = '''\n1'''\n",
      VERSION,
      "[project]\nversion = '''\n2.0.0'''\n",
    ],
    ['finds dotted keys', 'project . version = "1"\n', VERSION, 'project . version = "2.0.0"\n'],
    ['finds quoted keys', '["project"]\n"ver\\u0073ion" = "1"\n', VERSION, '["project"]\n"ver\\u0073ion" = "2.0.0"\n'],
    ['finds spaced headers', '[ project ]\n\tversion = "1"\n', VERSION, '[ project ]\n\tversion = "2.0.0"\n'],
    [
      'finds inline tables',
      'project = { name = "a", version = "1" }\n',
      VERSION,
      'project = { name = "a", version = "2.0.0" }\n',
    ],
    [
      'finds multi-line inline tables of TOML 1.1',
      'project = {\n  version = "1",\n}\n',
      VERSION,
      'project = {\n  version = "2.0.0",\n}\n',
    ],
    [
      'finds elements of commented arrays',
      'x = [\n  "a", # one\n  "b" # two\n  , "c"\n]\n',
      ['x', 1],
      'x = [\n  "a", # one\n  "2.0.0" # two\n  , "c"\n]\n',
    ],
    [
      'finds arrays of tables',
      '[[v]]\nn = "a"\n[[v]]\nn = "b"\n',
      ['v', 1, 'n'],
      '[[v]]\nn = "a"\n[[v]]\nn = "2.0.0"\n',
    ],
    [
      'finds tables of arrays of tables',
      '[[v]]\n[v.w]\nn = "a"\n[[v]]\n[v.w]\nn = "b"\n',
      ['v', 1, 'w', 'n'],
      '[[v]]\n[v.w]\nn = "a"\n[[v]]\n[v.w]\nn = "2.0.0"\n',
    ],
    [
      'finds tables out of order',
      '[a.b]\n[project]\nversion = "1"\n[a]\n',
      VERSION,
      '[a.b]\n[project]\nversion = "2.0.0"\n[a]\n',
    ],
  ])('%s', (_title, before, keys, after) => {
    expect(replaced(before, keys, '2.0.0')).toBe(after);
  });

  it.each<[title: string, content: string, keys: TomlKeys, code: string]>([
    ['a missing key', '[project]\n', VERSION, 'NXPYPI_SPOT_GONE'],
    ['a number', '[project]\nversion = 2\n', VERSION, 'NXPYPI_SPOT_GONE'],
    ['a file that is no TOML any more', '[project\n', VERSION, 'NXPYPI_SPOT_GONE'],
    ['the value that is there (law 10)', '[project]\nversion = "2.0.0"\n', VERSION, 'NXPYPI_EDIT_CHANGES_NOTHING'],
  ])('refuses %s', (_title, content, keys, code) => {
    expect(replaced(content, keys, '2.0.0')).toBe(code);
  });
});
