import { describe, expect, it } from 'vitest';
import { mentionedOutside } from '../src/mentioned-outside.ts';

describe('paths outside a package that its manifests mention', () => {
  it.each([
    ['a readme', 'readme = "../../README.md"', ['README.md']],
    ['a folder', "include = ['../shared/']", ['packages/shared']],
    ['nothing', 'readme = "README.md"', []],
    ['a path dependency by URL', 'dependencies = ["lib @ file:../lib"]', []],
    ['an ancestor', 'root = "../.."', []],
    ['what leaves the workspace', 'readme = "../../../README.md"', []],
    ['dots in a version range', 'x = ">=1.../2"', []],
  ])('%s', (_case, text, paths) => {
    expect(mentionedOutside('packages/flute', [undefined, text])).toEqual(paths);
  });
});
