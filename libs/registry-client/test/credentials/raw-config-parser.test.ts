import { expect, test } from 'vitest';
import { parseRawConfig } from '../../src/credentials/raw-config-parser.ts';
import { netrcLogin } from '../../src/credentials/netrc.ts';

function read(text: string): unknown {
  return Object.fromEntries([...parseRawConfig(text)].map(([name, options]) => [name, Object.fromEntries(options)]));
}

test.each([
  ['either delimiter, spaces around it', '[a]\nx = 1\ny: 2\nz=3', { a: { x: '1', y: '2', z: '3' } }],
  ['only the first delimiter counts', '[a]\nurl = https://h:8/p=q', { a: { url: 'https://h:8/p=q' } }],
  ['# and ; inside a value are the value', '[a]\np = a#b ;c', { a: { p: 'a#b ;c' } }],
  ['comment lines', '# no\n[a]\n; no\n  # no\nx = 1', { a: { x: '1' } }],
  ['no interpolation', '[a]\np = %(home)s%', { a: { p: '%(home)s%' } }],
  ['option names in lower case, sections as written', '[Ab]\nUserName = Ana', { Ab: { username: 'Ana' } }],
  ['continued values', '[a]\nservers =\n    one\n    two\nx = 1', { a: { servers: 'one\ntwo', x: '1' } }],
  ['an indented option is no continuation of the section', '[a]\n  x = 1\n  y = 2', { a: { x: '1', y: '2' } }],
  ['CRLF and a byte order mark', '\uFEFF[a]\r\nx = 1\r\n', { a: { x: '1' } }],
  ['a section twice', '[a]\nx = 1\n[b]\n[a]\ny = 2', { a: { x: '1', y: '2' }, b: {} }],
  ['an empty value', '[a]\nx =\ny = 2', { a: { x: '', y: '2' } }],
  ['lines before a section', 'x = 1\n[a]\ny = 2', { a: { y: '2' } }],
])('%s', (_title, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  ['on one line', 'machine oven.example login ana password s3'],
  ['on many lines', 'machine oven.example\n  login ana\n  password s3\n'],
  ['password first, account between', 'machine oven.example password s3 account x login ana'],
  ['quoted', 'machine oven.example login "ana" password "s3"'],
  [
    'after others and a macro',
    'machine a.example login b password c\nmacdef init\ncd /\nmachine oven.example\n\nmachine oven.example login ana password s3',
  ],
])('netrc: %s', (_title, text) => {
  expect(netrcLogin(text, new URL('https://oven.example/'))).toMatchObject({ username: 'ana', password: 's3' });
});

test('netrc: a quote in a password', () => {
  expect(
    netrcLogin(String.raw`machine oven.example login a password "b\"c d"`, new URL('https://oven.example/')),
  ).toMatchObject({ password: 'b"c d' });
});
