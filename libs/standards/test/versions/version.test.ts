import { describe, expect, it } from 'vitest';
import {
  baseVersion,
  formatVersion,
  isDevRelease,
  isPostRelease,
  isPreRelease,
  publicVersion,
} from '../../src/index.ts';
import { version } from '../read.ts';

describe('the kinds of releases', () => {
  it.each([
    { text: '1.0', pre: false, post: false, dev: false },
    { text: '1.0+hall', pre: false, post: false, dev: false },
    { text: '1.0a1', pre: true, post: false, dev: false },
    { text: '1.0rc1.post2', pre: true, post: true, dev: false },
    { text: '1.0.post0', pre: false, post: true, dev: false },
    { text: '1.0.post1.dev0', pre: true, post: true, dev: true },
    { text: '1.0.dev0', pre: true, post: false, dev: true },
  ])('$text', ({ text, pre, post, dev }) => {
    const read = version(text);
    expect({ pre: isPreRelease(read), post: isPostRelease(read), dev: isDevRelease(read) }).toEqual({ pre, post, dev });
  });
});

describe('parts of a version', () => {
  it('publicVersion drops the local part alone', () => {
    expect(formatVersion(publicVersion(version('2!1.0rc1.post2.dev3+hall.4')))).toBe('2!1.0rc1.post2.dev3');
    expect(formatVersion(publicVersion(version('1.0')))).toBe('1.0');
  });

  it('baseVersion keeps epoch and release alone', () => {
    expect(formatVersion(baseVersion(version('2!1.0.0rc1.post2.dev3+hall.4')))).toBe('2!1.0.0');
  });
});
