import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMarker, markerMentionsExtra, parseMarker, type Marker } from '../../src/index.ts';

function canonical(text: string): string {
  const result = parseMarker(text);
  return result.kind === 'marker' ? formatMarker(result.marker) : `${result.message} at ${result.offset}`;
}

describe('parseMarker', () => {
  it('reads and before or, and keeps parentheses that matter', () => {
    expect(parseMarker("os_name=='nt' and (extra=='x' or python_version not  in '3.8')")).toEqual({
      kind: 'marker',
      marker: {
        kind: 'and',
        terms: [
          comparison('os_name', '==', 'nt'),
          { kind: 'or', terms: [comparison('extra', '==', 'x'), comparison('python_version', 'not in', '3.8')] },
        ],
      },
    });
  });

  it.each([
    ['os.name=="nt"', 'os_name == "nt"'],
    ["python_implementation!='PyPy'", 'platform_python_implementation != "PyPy"'],
    ["'3.9'<=python_version", '"3.9" <= python_version'],
    ["((os_name=='nt'))", 'os_name == "nt"'],
    ["os_name=='a'or os_name=='b'and os_name=='c'", 'os_name == "a" or os_name == "b" and os_name == "c"'],
    ["(os_name=='a' or os_name=='b')and os_name=='c'", '(os_name == "a" or os_name == "b") and os_name == "c"'],
    ["os_name=='a' and (os_name=='b' and os_name=='c')", 'os_name == "a" and os_name == "b" and os_name == "c"'],
    [`extra == 'say "la"'`, `extra == 'say "la"'`],
    ['"winds" in extras', '"winds" in extras'],
    ['python_full_version~="3.10.1"', 'python_full_version ~= "3.10.1"'],
    ['platform_release==="6"', 'platform_release === "6"'],
  ])('%s is %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
    expect(canonical(expected)).toBe(expected);
  });

  it.each([
    ['', 0],
    ['os_name', 7],
    ['os_name ==', 10],
    ['os_name == nt', 11],
    ['os_name == 3', 11],
    ['oboe == "x"', 0],
    ['os_name notin "nt"', 8],
    ['os_name not "nt"', 8],
    ['os_name == "nt" andos_name == "x"', 16],
    ['os_name == "nt" and', 19],
    ['(os_name == "nt"', 16],
    ['os_name == "nt")', 15],
    ['os_name == "nt\'', 11],
    [`${'('.repeat(5000)}os_name == "nt"${')'.repeat(5000)}`, 101],
  ])('%j fails', (text, offset) => {
    expect(parseMarker(text)).toMatchObject({ kind: 'error', offset });
  });

  it('and formatMarker undo each other', () => {
    fc.assert(
      fc.property(markers, (marker) => {
        const text = formatMarker(marker);
        const result = parseMarker(text);
        expect(result.kind === 'marker' ? formatMarker(result.marker) : result).toBe(text);
      }),
    );
  });
});

describe('markerMentionsExtra', () => {
  it.each([
    ['extra == "Wind_Section"', 'wind-section'],
    ["'brass' == extra", 'brass'],
    ['python_version < "3.9" and (os_name == "nt" or extra == "brass")', 'brass'],
    ['extra == "brass" or extra == "reeds"', 'brass'],
    ['extra != "brass"', null],
    ['os_name == "extra"', null],
    ['python_version < "3.9"', null],
    ['extra ==', null],
    ['', null],
  ])('%j: %j', (marker, extra) => {
    expect(markerMentionsExtra(marker)).toBe(extra);
  });
});

function comparison(name: 'os_name' | 'extra' | 'python_version', operator: '==' | 'not in', value: string): Marker {
  return { kind: 'compare', left: { kind: 'variable', name }, operator, right: { kind: 'literal', value } };
}

const comparisons: fc.Arbitrary<Marker> = fc
  .tuple(
    fc.constantFrom('os_name' as const, 'extra' as const, 'python_version' as const),
    fc.constantFrom('==' as const, 'not in' as const),
    fc.constantFrom('a', "it's", '"', ''),
  )
  .map(([name, operator, value]) => comparison(name, operator, value));

const markers: fc.Arbitrary<Marker> = fc.letrec<{ readonly marker: Marker }>((tie) => ({
  marker: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparisons,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      terms: fc.array(tie('marker'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).marker;
