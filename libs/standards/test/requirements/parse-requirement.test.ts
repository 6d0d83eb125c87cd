import { describe, expect, it } from 'vitest';
import { parseRequirement } from '../../src/index.ts';
import { requirement } from '../read.ts';

describe('parseRequirement', () => {
  it('reads every part and where it stands', () => {
    const text = `  String.Quartet [ cello, viola ] ~= 1.4, != 1.5 ; python_version < "3.14" `;
    const read = requirement(text);
    expect(read).toEqual({
      name: 'String.Quartet',
      extras: ['cello', 'viola'],
      specifier: '~= 1.4, != 1.5',
      url: null,
      marker: 'python_version < "3.14"',
      spans: {
        name: { start: 2, end: 16 },
        extras: { start: 17, end: 33 },
        specifier: { start: 34, end: 48 },
        url: null,
        marker: { start: 51, end: 74 },
      },
    });
  });

  it.each([
    ['brass', { specifier: '' }],
    ['brass>=1', { specifier: '>=1' }],
    ['brass>=1,<2', { specifier: '>=1,<2' }],
    ['brass >=1 , <2', { specifier: '>=1 , <2' }],
    ['brass>=1,', { specifier: '>=1,' }],
    ['brass (>=1.0.0,<2.0.0)', { specifier: '>=1.0.0,<2.0.0' }],
    ['brass( >=1 );os_name=="nt"', { specifier: '>=1', marker: 'os_name=="nt"' }],
    ['brass[]', { extras: [] }],
    ['brass[horn](==1.*)', { extras: ['horn'], specifier: '==1.*' }],
    ['brass===2024-gala', { specifier: '===2024-gala' }],
    ['brass (===2024-gala)', { specifier: '===2024-gala' }],
    ['brass @ https://hall.example/brass.whl#sha256=abc', { url: 'https://hall.example/brass.whl#sha256=abc' }],
    ['brass@file:///hall/brass', { url: 'file:///hall/brass' }],
    [
      'brass @ git+ssh://git@hall.example/brass.git@v1#egg=brass&subdirectory=lib',
      {
        url: 'git+ssh://git@hall.example/brass.git@v1#egg=brass&subdirectory=lib',
      },
    ],
    [
      'brass[horn] @ ../brass;v=1 ; extra == "winds"',
      { extras: ['horn'], url: '../brass;v=1', marker: 'extra == "winds"' },
    ],
    ['brass @ file:///${PROJECT_ROOT}/brass', { url: 'file:///${PROJECT_ROOT}/brass' }],
    ['\tbrass\v>=1\f;\r\n    python_version<"3.9"', { specifier: '>=1', marker: 'python_version<"3.9"' }],
  ])('%j', (text, parts) => {
    const { spans, ...read } = requirement(text);
    expect(read).toEqual({ name: 'brass', extras: [], specifier: '', url: null, marker: null, ...parts });
    expect(spans.url === null || spans.specifier === null).toBe(true);
  });

  it('tells where to write a specifier into empty parentheses', () => {
    expect(requirement('brass ( )').spans.specifier).toEqual({ start: 8, end: 8 });
    expect(requirement('brass ').spans.specifier).toBeNull();
  });

  it.each([
    ['', 0, 'name'],
    ['  ', 2, 'name'],
    ['-brass', 0, 'name'],
    ['./brass', 0, 'name'],
    ['-e ../brass', 0, 'name'],
    ['åbo>=1', 0, 'name'],
    ['brass- >=1', 5, 'specifier'],
    ['brass horn', 6, 'specifier'],
    ['brass 1.0', 6, 'specifier'],
    ['brass>=1 --hash=sha256:ab', 5, 'specifier'],
    ['brass>=1,<2x', 9, "'<2x'"],
    ['brass>=1, <2x ,>0', 10, "'<2x'"],
    ['brass^1', 5, 'specifier'],
    ['brass>=1 <2', 5, "'>=1 <2'"],
    ['brass,>=1', 5, 'specifier'],
    ['brass>=1,,<2', 9, 'specifier'],
    ['brass (>=1', 6, "')'"],
    ['brass >=1)', 9, "';'"],
    ['brass (>=1) <2', 12, "';'"],
    ['brass[horn', 10, "']'"],
    ['brass[horn tuba]', 11, "']'"],
    ['brass[horn,]', 11, 'extra'],
    ['brass[,]', 6, 'extra'],
    ['brass @', 7, 'URL'],
    ['brass @ ../a >=1', 13, "';'"],
    ['brass;', 6, 'marker'],
    ['brass; stage == "left"', 7, "'stage'"],
    ['brass; os_name = "nt"', 15, '=='],
    ['brass; os_name == "nt', 18, 'end'],
    ['brass; os_name == "nt" os_name == "nt"', 23, "'and'"],
  ])('%j fails at %i and says %j', (text, offset, said) => {
    const result = parseRequirement(text);
    expect(result).toMatchObject({ kind: 'error', offset, message: expect.stringContaining(said) });
  });
});
