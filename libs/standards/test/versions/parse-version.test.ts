import { describe, expect, it } from 'vitest';
import { formatVersion, parseVersion } from '../../src/index.ts';

function canonical(text: string): string | null {
  const version = parseVersion(text);
  return version === null ? null : formatVersion(version);
}

describe('parseVersion', () => {
  it('reads every part', () => {
    expect(parseVersion('3!1.02.0rc4.post5.dev6+Oven.07_b')).toEqual({
      epoch: 3n,
      release: [1n, 2n, 0n],
      pre: { phase: 'rc', number: 4n },
      post: 5n,
      dev: 6n,
      local: ['oven', 7n, 'b'],
    });
  });

  it('keeps every digit of long numbers', () => {
    expect(canonical('20250101123456789012.1')).toBe('20250101123456789012.1');
  });

  it.each([
    ['1.0', '1.0'],
    ['  v1.0\n', '1.0'],
    ['V2', '2'],
    ['01.002', '1.2'],
    ['0!1', '1'],
    ['007!1', '7!1'],
    ['1.2.3-rc.1', '1.2.3rc1'],
    ['3.2.0.dev', '3.2.0.dev0'],
    ['3.21.0-a.0', '3.21.0a0'],
    ['0.66b0.dev', '0.66b0.dev0'],
    ['1ALPHA2', '1a2'],
    ['1_beta-3', '1b3'],
    ['1c4', '1rc4'],
    ['1pre', '1rc0'],
    ['1.preview.5', '1rc5'],
    ['1-6', '1.post6'],
    ['1a-6', '1a6'],
    ['1a--6', '1a0.post6'],
    ['1.r7', '1.post7'],
    ['1rev8', '1.post8'],
    ['1rcr9', '1rc0.post9'],
    ['1apostdev', '1a0.post0.dev0'],
    ['1.0+Hearth-stone_01', '1.0+hearth.stone.1'],
    ['1.0+aAzZ09', '1.0+aazz09'],
  ])('%j is %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
    expect(canonical(expected)).toBe(expected);
  });

  const notVersions = [
    ['', ' ', 'v', 'loaf', '1.', '.1', '1..2', '1. 2', '1 .2', 'vv1', '!1', '1!', '1!!2', '1!2!3'],
    ['1.0.0-alpha.beta.1', '1a1b1', '1.dev1a1', '1.dev1.post1', '1-1-1', '1-', '1_5', '1.x', '1.*', '1,2'],
    ['1+', '1++a', '1+a+b', '1+a.', '1+.a', '1+a..b', '1+å', '1+\u212A', '1+ſ', '1.0po\u017Ft1', '١.٢', '1\u0000'],
  ].flat();

  it.each(notVersions)('refuses %j', (text) => {
    expect(parseVersion(text)).toBeNull();
  });

  it('refuses numbers of more digits than CPython reads', () => {
    expect(parseVersion(`1.${'9'.repeat(4300)}`)).not.toBeNull();
    expect(parseVersion(`1.${'9'.repeat(4301)}`)).toBeNull();
    expect(parseVersion(`1+${'9'.repeat(4301)}`)).toBeNull();
  });
});
