import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequirement, type Span } from '../../src/index.ts';
import { clauses } from '../arbitraries.ts';
import { requirement } from '../read.ts';

const name = fc.constantFrom('organ', 'Pipe_Organ', 'a', 'o.r-g_4n');
const space = fc.constantFrom('', ' ', '\t', '  ');
const extras = fc.uniqueArray(name, { maxLength: 3 });
const specifierList = fc.array(clauses, { maxLength: 3 });
const markers = fc.constantFrom(null, 'os_name == "nt"', "extra=='x' or (python_version<'3.9')");

function sliceOf(text: string, span: Span | null): string | null {
  return span === null ? null : text.slice(span.start, span.end);
}

describe('spans of a requirement', () => {
  it('cut out of the text just what the parts say', () => {
    const shape = fc.record({ name, extras, specifierList, marker: markers, gap: space, parentheses: fc.boolean() });
    fc.assert(
      fc.property(shape, ({ gap, parentheses, ...parts }) => {
        const specifier = parts.specifierList.join(`${gap},`);
        const bracketed = parts.extras.length === 0 ? '' : `[${parts.extras.join(`,${gap}`)}]`;
        const wrapped = parentheses ? `(${gap}${specifier}${gap})` : specifier;
        const tail = parts.marker === null ? '' : `;${gap}${parts.marker}${gap}`;
        const text = `${gap}${parts.name}${gap}${bracketed}${gap}${wrapped}${gap}${tail}`;
        const read = requirement(text);
        expect(read).toMatchObject({
          name: parts.name,
          extras: parts.extras,
          specifier,
          url: null,
          marker: parts.marker,
        });
        expect(sliceOf(text, read.spans.name)).toBe(parts.name);
        expect(sliceOf(text, read.spans.extras) ?? '').toBe(bracketed);
        expect(sliceOf(text, read.spans.specifier) ?? '').toBe(specifier);
        expect(sliceOf(text, read.spans.marker)).toBe(parts.marker);
      }),
    );
  });

  it('let the specifier be replaced and nothing else', () => {
    const text = 'organ[reed] ( >=1,<2 ) ; extra == "x"';
    const { start, end } = requirement(text).spans.specifier ?? { start: 0, end: 0 };
    const edited = `${text.slice(0, start)}~=3.1${text.slice(end)}`;
    expect(edited).toBe('organ[reed] ( ~=3.1 ) ; extra == "x"');
    expect(requirement(edited)).toMatchObject({ extras: ['reed'], specifier: '~=3.1', marker: 'extra == "x"' });
  });
});

describe('parseRequirement', () => {
  const pieces = [
    'organ',
    ' ',
    '[',
    ']',
    '(',
    ')',
    ',',
    ';',
    '@',
    '>=1',
    '==1.*',
    '.',
    '-',
    '"',
    "'",
    'os_name',
    ' and ',
    '==',
  ];

  it('never throws, and points into the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 15 }), (parts) => {
        const text = parts.join('');
        const result = parseRequirement(text);
        const offset = result.kind === 'error' ? result.offset : 0;
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('answers at once for texts of any length', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'organ', 'organ[', 'organ>=1', 'organ;'),
        fc.constantFrom(...pieces),
        (head, piece) => {
          const started = performance.now();
          parseRequirement(`${head}${piece.repeat(100_000)}!`);
          expect(performance.now() - started).toBeLessThan(10_000);
        },
      ),
      { numRuns: 60 },
    );
  });
});
