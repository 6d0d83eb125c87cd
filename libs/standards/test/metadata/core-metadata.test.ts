import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { header, headers, parseCoreMetadata } from '../../src/index.ts';

const METADATA = `Metadata-Version: 2.4
Name: string-quartet
Version: 1.2.3
Requires-Dist: cello (>=1,<2)
requires-dist: viola; extra == "alto"
Keywords:
License-Expression:MIT

# String quartet

Name: not a header
`;

describe('parseCoreMetadata', () => {
  const metadata = parseCoreMetadata(METADATA);

  it('reads headers in file order, names as written', () => {
    expect(metadata.headers).toEqual([
      ['Metadata-Version', '2.4'],
      ['Name', 'string-quartet'],
      ['Version', '1.2.3'],
      ['Requires-Dist', 'cello (>=1,<2)'],
      ['requires-dist', 'viola; extra == "alto"'],
      ['Keywords', ''],
      ['License-Expression', 'MIT'],
    ]);
  });

  it('finds fields by names in any case', () => {
    expect(header(metadata, 'NAME')).toBe('string-quartet');
    expect(header(metadata, 'Summary')).toBeNull();
    expect(header(metadata, 'keywords')).toBe('');
    expect(headers(metadata, 'Requires-Dist')).toEqual(['cello (>=1,<2)', 'viola; extra == "alto"']);
    expect(headers(metadata, 'Classifier')).toEqual([]);
  });

  it('takes the body for the description, as it stands', () => {
    expect(metadata.description).toBe('# String quartet\n\nName: not a header\n');
  });

  it.each(['\r\n', '\n'])('reads lines that end in %j, after a byte order mark too', (lineEnd) => {
    const read = parseCoreMetadata(`\uFEFF${METADATA.replaceAll('\n', lineEnd)}`);
    expect(read.headers).toEqual(metadata.headers);
    expect(read.description.replaceAll('\r\n', '\n')).toBe(metadata.description);
  });

  it('joins folded fields without their indent', () => {
    const read = parseCoreMetadata(
      'Author: Ada,\n        Grace\nLicense: one\n       |\n       |  two\n\tthree\nName: trio\n',
    );
    expect(header(read, 'Author')).toBe('Ada,\nGrace');
    expect(header(read, 'License')).toBe('one\n\n  two\nthree');
    expect(header(read, 'Name')).toBe('trio');
  });

  it('takes the Description field where there is no body', () => {
    const folded = 'Name: trio\nDescription: # Trio\n        \n            code\n        end\n';
    expect(parseCoreMetadata(folded).description).toBe('# Trio\n\n    code\nend');
    expect(parseCoreMetadata(`${folded}\n`).description).toBe('# Trio\n\n    code\nend');
    expect(parseCoreMetadata(`${folded}\n \n\n`).description).toBe('# Trio\n\n    code\nend');
    expect(parseCoreMetadata(`${folded}\nbody`).description).toBe('body');
  });

  it.each([
    ['', [], ''],
    ['\nbody', [], 'body'],
    ['Name: trio', [['Name', 'trio']], ''],
    ['Name: trio\nno header here\nVersion: 1', [['Name', 'trio']], 'no header here\nVersion: 1'],
    [' folded: nothing\nName: trio', [], ' folded: nothing\nName: trio'],
    ['Home-page: https://hall.example:8080/a: b\n', [['Home-page', 'https://hall.example:8080/a: b']], ''],
    ['Author: Dvořák 🎻\n', [['Author', 'Dvořák 🎻']], ''],
    [
      'Summary: strings\u2028only\nName: trio\n',
      [
        ['Summary', 'strings\u2028only'],
        ['Name', 'trio'],
      ],
      '',
    ],
  ])('makes the best of %j', (text, read, description) => {
    expect(parseCoreMetadata(text)).toEqual({ headers: read, description });
  });

  it('reads back whatever simple fields were written', () => {
    const field = fc.tuple(
      fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,9}$/),
      fc.stringMatching(/^[ -~]{0,20}$/).map((v) => v.trim()),
    );
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), fc.stringMatching(/^[!-~]{1,30}$/), (fields, body) => {
        const text = `${fields.map(([name, value]) => `${name}: ${value}\n`).join('')}\n${body}`;
        expect(parseCoreMetadata(text)).toEqual({ headers: fields, description: body });
      }),
    );
  });
});
