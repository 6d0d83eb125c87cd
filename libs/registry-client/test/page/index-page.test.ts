import { describe, expect, test } from 'vitest';
import { readHtmlPage } from '../../src/page/read-html.ts';
import { readJsonPage } from '../../src/page/read-json.ts';
import { gitlabPage } from '../counter.ts';

const url = 'https://oven.example/api/v4/projects/9/packages/pypi/simple/rye-bread/';
const hash = 'a'.repeat(64);
const href = `https://oven.example/api/v4/projects/9/packages/pypi/files/${hash}/rye_bread-1.0.0.tar.gz`;
const file = {
  filename: 'rye_bread-1.0.0.tar.gz',
  url: href,
  sha256: hash,
  requiresPython: null,
  yanked: false,
  size: null,
};

const unmarked = { status: null, reason: null, tracks: [] };

describe('an HTML page', () => {
  test.each([
    [
      'as GitLab writes it',
      gitlabPage('Rye_Bread', `<a href="${href}#sha256=${hash}" data-requires-python="">rye_bread-1.0.0.tar.gz</a>`),
      [file],
    ],
    [
      'attributes unescaped',
      gitlabPage('rye-bread', `<a href="${href}#sha256=${hash}" data-requires-python="&gt;=3.9,&lt;4">x</a>`),
      [{ ...file, requiresPython: '>=3.9,<4' }],
    ],
    [
      'adjacent anchors, upper-case hash, yanked without a reason',
      gitlabPage(
        'rye-bread',
        `<a href="${href}#sha256=${hash.toUpperCase()}">x</a><A HREF='${href.replace('1.0.0', '1.0.1')}' DATA-YANKED>y</A>`,
      ),
      [
        file,
        {
          ...file,
          filename: 'rye_bread-1.0.1.tar.gz',
          url: href.replace('1.0.0', '1.0.1'),
          sha256: null,
          yanked: true,
        },
      ],
    ],
    [
      'relative links, a base, an escaped name',
      `<html><head><base href="/files/"></head><body><a href="rye_bread-1.0.0%2Blocal.1-py3-none-any.whl#sha256=${hash}">x</a></body></html>`,
      [
        {
          ...file,
          filename: 'rye_bread-1.0.0+local.1-py3-none-any.whl',
          url: 'https://oven.example/files/rye_bread-1.0.0%2Blocal.1-py3-none-any.whl',
        },
      ],
    ],
    ['a package without files', gitlabPage('rye-bread', ''), []],
    ['a hash of another kind', gitlabPage('rye-bread', `<a href="${href}#md5=abc">x</a>`), [{ ...file, sha256: null }]],
    ["GitLab's empty hash", gitlabPage('rye-bread', `<a href="${href}#sha256=">x</a>`), [{ ...file, sha256: null }]],
    [
      'an anchor without a link',
      gitlabPage('rye-bread', `<a name="top"></a><a href="${href}#sha256=${hash}">x</a>`),
      [file],
    ],
  ])('%s', (_title, text, files) => {
    expect(readHtmlPage(text, url)).toEqual({ kind: 'files', files, marks: unmarked });
  });

  test.each([
    ['cut off', gitlabPage('rye-bread', `<a href="${href}#sha256=${hash}">x</a>`).slice(0, -20), 'cut off'],
    ['cut off inside an anchor', gitlabPage('rye-bread', `<a href="${href}`).slice(0, -40), 'cut off'],
    [
      'a login page',
      '<html><head><title>Sign in</title></head><body><form><input type="password"></form></body></html>',
      'login',
    ],
    ['a login page with links', `<html><body><a href="${href}">x</a><input type=PASSWORD></body></html>`, 'login'],
    ['some page', '<html><body><a href="/about">About</a></body></html>', 'does not look like'],
    ['an empty answer', '', 'cut off'],
    ['a hash that is too short', gitlabPage('rye-bread', `<a href="${href}#sha256=abc">x</a>`), '64 hex digits'],
    [
      'a hash that is no hex',
      gitlabPage('rye-bread', `<a href="${href}#sha256=${'z'.repeat(64)}">x</a>`),
      '64 hex digits',
    ],
    [
      'a link of another scheme',
      gitlabPage('rye-bread', '<a href="javascript:alert(1)">x</a>'),
      'neither http nor https',
    ],
    ['a link that is broken', gitlabPage('rye-bread', '<a href="https://[oops/">x</a>'), 'no URL'],
    [
      'a newer repository version',
      `<html><head><meta name="pypi:repository-version" content="2.0"></head><body></body></html>`,
      'version 2.0',
    ],
  ])('B1: unreadable: %s', (_title, text, detail) => {
    expect(readHtmlPage(text, url)).toEqual({ kind: 'unreadable', detail: expect.stringContaining(detail) });
  });
});

describe('a JSON page', () => {
  const entry = { filename: file.filename, url: `${href}#sha256=${hash}`, hashes: { sha256: hash } };
  const page = (files: unknown, meta: unknown = { 'api-version': '1.0' }): string =>
    JSON.stringify({ meta, name: 'rye-bread', files });

  test.each([
    ['as GitLab writes it', [{ ...entry, 'requires-python': '>=3.9' }], [{ ...file, requiresPython: '>=3.9' }]],
    ['PEP 700 and 592', [{ ...entry, size: 12, yanked: 'burnt' }], [{ ...file, size: 12, yanked: true }]],
    ['yanked false', [{ ...entry, yanked: false }], [file]],
    ['no hashes', [{ ...entry, url: href, hashes: {} }], [{ ...file, sha256: null }]],
    [
      'a relative URL',
      [{ ...entry, url: '/a/b.whl', filename: 'b.whl' }],
      [{ ...file, filename: 'b.whl', url: 'https://oven.example/a/b.whl' }],
    ],
  ])('%s', (_title, files, expected) => {
    expect(readJsonPage(page(files), url)).toEqual({ kind: 'files', files: expected, marks: unmarked });
  });

  test.each([
    ['cut off', page([entry]).slice(0, -5)],
    ['no object', '[]'],
    ['no meta', JSON.stringify({ files: [] })],
    ['a newer version', page([], { 'api-version': '2.0' })],
    ['no files', page(undefined)],
    ['a file without hashes', page([{ filename: 'a', url: href }])],
    ['a file without a name', page([{ url: href, hashes: {} }])],
    ['a hash of wrong length', page([{ ...entry, hashes: { sha256: 'abc' } }])],
    ['a hash that is a number', page([{ ...entry, hashes: { sha256: 12 } }])],
  ])('B1: unreadable: %s', (_title, text) => {
    expect(readJsonPage(text, url)).toMatchObject({ kind: 'unreadable' });
  });
});
