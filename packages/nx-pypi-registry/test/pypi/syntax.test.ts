import { describe, expect, test } from 'vitest';
import { isPackageName, isSha256, isVersion, normalizeName, requestedName } from '../../src/pypi/syntax.ts';

describe('names', () => {
  test.each(['tuba', 'Tuba_2', 'tuba.solo-part', '@town/tuba', 'a+b/tuba', '_'])('%s is one', (name) => {
    expect(isPackageName(name)).toBe(true);
  });

  test.each(['', ' ', '.$/@!^*', 'tuba solo', 'tuba!', 'tubä', '@', 'tuba\n'])('%j is none', (name) => {
    expect(isPackageName(name)).toBe(false);
  });

  test('are normalised as they are stored, and only lowered as they are asked for', () => {
    expect(normalizeName('My_.-Tuba.Part')).toBe('my-tuba-part');
    expect(requestedName('My_Tuba')).toBe('my_tuba');
  });
});

describe('versions', () => {
  test.each([
    '1',
    '1.0',
    'v1.0',
    'V1.0',
    '1!2.0',
    '1.0a1',
    '1.0-ALPHA.2',
    '1.0_preview',
    '1.0rc',
    '1.0c3',
    '1.0.post2',
    '1.0-4',
    '1.0r5',
    '1.0.dev',
    '1.0a1.post2.dev3',
    '1.0+local.1',
    '1.0+A-b_C',
    '0'.repeat(300),
  ])('%s is one', (version) => {
    expect(isVersion(version)).toBe(true);
  });

  test.each(['', 'one', '1.', '.1', '1.0+', '1.0+a..b', '1.0-', '1.0 ', 'not a version', '1.0dev1a1', '1.0\n'])(
    '%j is none',
    (version) => {
      expect(isVersion(version)).toBe(false);
    },
  );
});

test('a digest has 64 hexadecimal digits of either case', () => {
  expect(['a'.repeat(64), 'A0'.repeat(32), 'a'.repeat(63), `${'a'.repeat(63)}%`, ''].map(isSha256)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
