import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fill, placeholdersIn } from '../src/conformance/placeholders.ts';
import { htmlPage } from '../src/pypi/page-html.ts';
import { isVersion, normalizeName, requestedName } from '../src/pypi/syntax.ts';
import { isWithin, roleAt } from '../src/realm/lookup.ts';
import { pageOf } from '../src/rest/paging.ts';
import { orchestraRealm } from './orchestra-realm.ts';

const name = fc.stringMatching(/^[A-Za-z0-9]+(?:[-_.]+[A-Za-z0-9]+)*$/);
const path = fc.array(fc.constantFrom('orchestra', 'registry', 'town', 'Town'), { minLength: 1, maxLength: 4 });

test('normalising a name twice is normalising it once, and a normalised name finds itself', () => {
  fc.assert(
    fc.property(name, (text) => {
      const normalized = normalizeName(text);
      expect(normalizeName(normalized)).toBe(normalized);
      expect(requestedName(normalized)).toBe(normalized);
    }),
  );
});

test('every PEP 440 version is accepted, in any case, with and without a v', () => {
  const part = fc.nat(9999).map(String);
  const version = fc
    .record({
      release: fc.array(part, { minLength: 1, maxLength: 5 }),
      pre: fc.constantFrom('', 'a1', '.beta.2', '-RC', '_preview3', 'c0'),
      post: fc.constantFrom('', '.post1', '-3', 'rev', '_R2'),
      dev: fc.constantFrom('', '.dev0', 'dev', '-DEV4'),
      local: fc.constantFrom('', '+local.1', '+Ubuntu-1_2'),
      prefix: fc.constantFrom('', 'v', 'V', '1!', 'v2!'),
    })
    .map(({ release, pre, post, dev, local, prefix }) => `${prefix}${release.join('.')}${pre}${post}${dev}${local}`);
  fc.assert(
    fc.property(version, (text) => {
      expect(isVersion(text)).toBe(true);
      expect(isVersion(`${text} `)).toBe(false);
    }),
  );
});

test('the pages of a list, one after the other, are the list', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 70 }), fc.integer({ min: 1, max: 30 }), (all, perPage) => {
      const seen: number[] = [];
      let next = '1';
      while (next !== '') {
        const { items, headers } = pageOf(all, Number(next), perPage, 'http://localhost/list');
        seen.push(...items);
        next = headers['X-Next-Page'] ?? '';
      }
      expect(seen).toEqual(all);
    }),
  );
});

test('no text gets out of a page', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (title, text) => {
      const html = htmlPage(title, [{ href: text, text, requiresPython: text }]);
      expect(html.match(/</g)).toHaveLength(13);
      expect(html.match(/"/g)).toHaveLength(4);
    }),
  );
});

test('a role reaches down, never up or sideways', () => {
  fc.assert(
    fc.property(path, path, (above, below) => {
      const [outer, inner] = [above.join('/'), [...above, ...below].join('/')];
      expect(isWithin(inner, outer)).toBe(true);
      expect(isWithin(outer, inner)).toBe(false);
      expect(isWithin(`${outer}-annex`, outer)).toBe(false);
      expect(roleAt(orchestraRealm, 'max', `orchestra/${inner}`)).toBe('maintainer');
    }),
  );
});

test('a text has no known placeholder left once it is filled in', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('{name}', '{project}', '{other}', '/', 'a')), (parts) => {
      const filled = fill(parts.join(''), new Map(Object.entries({ name: 'tuba', project: '9' })));
      expect(new Set(placeholdersIn(filled))).toEqual(new Set(parts.includes('{other}') ? ['other'] : []));
    }),
  );
});
