import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changed, constrain, onlyPackage } from './reader-of.ts';

const eol = fc.constantFrom('\n', '\r\n');
const space = fc.constantFrom('', ' ', '\t', '  ');
const quote = fc.constantFrom('"', "'");
const comment = fc.constantFrom('', ' # brass', '# "quoted" = [');
const specifier = fc.constantFrom('>=1', '~=1.4', '==1.2.*', ' >= 1 , < 2 ', '', ' (>=1)');
const extras = fc.constantFrom('', '[mute]', ' [mute, valve]');
const marker = fc
  .constantFrom('', ' ; python_version < "3.9"', '; extra == "x"')
  .map((text) => text.replaceAll('"', '`'));

const written = fc.record({ eol, space, quote, comment, specifier, extras, marker, bom: fc.boolean() }).map((parts) => {
  const other = parts.quote === '"' ? "'" : '"';
  const text = `horn${parts.extras}${parts.specifier}${parts.marker.replaceAll('`', other)}`;
  const lines = [
    `[project]${parts.comment}`,
    `name${parts.space}=${parts.space}${parts.quote}tuba${parts.quote}`,
    `version${parts.space}=${parts.quote}1.2.3${parts.quote}${parts.comment}`,
    `dependencies${parts.space}=[${parts.comment}`,
    `${parts.space}${parts.quote}drum${parts.quote}${parts.space},${parts.comment}`,
    `${parts.space}${parts.quote}${text}${parts.quote}${parts.comment}`,
    ']',
  ];
  return { content: `${parts.bom ? '\uFEFF' : ''}${lines.join(parts.eol)}`, specifier: parts.specifier.trim() };
});

it('law 10: what is edited reads back as asked, and edited back is the same to the byte', () => {
  fc.assert(
    fc.property(written, ({ content, specifier: before }) => {
      const files = { 'pyproject.toml': content };
      const there = changed(files, (pkg) => [
        { kind: 'set-version', version: '2.0' },
        constrain(pkg, 'horn', '>=2.5,<3'),
      ]);
      const was = onlyPackage(files).declarations[1];
      const now = onlyPackage(there);
      expect(now.version).toMatchObject({ text: '2.0' });
      expect(now.declarations[1]).toMatchObject({ specifier: '>=2.5,<3', extras: was?.extras, marker: was?.marker });
      const back = changed(there, (pkg) => [
        { kind: 'set-version', version: '1.2.3' },
        constrain(pkg, 'horn', before.replaceAll(/[()]/g, '')),
      ]);
      expect(back).toEqual(files);
    }),
  );
});
