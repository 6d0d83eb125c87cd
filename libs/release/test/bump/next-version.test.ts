import fc from 'fast-check';
import { compareVersions, formatVersion, parseVersion, type Version } from '@nx-pypi/standards';
import { describe, expect, it } from 'vitest';
import { LEVELS, type Level } from '../../src/bump/level.ts';
import { bumpVersion } from '../../src/bump/next-version.ts';

function bump(from: string, level: Level): string {
  const version = parseVersion(from);
  if (version === null) throw new Error(`${from} is not a version`);
  const bumped = bumpVersion(version, level);
  return bumped.kind === 'version' ? formatVersion(bumped.version) : 'refused';
}

describe('E2: one step up', () => {
  it.each<[string, Level, string]>([
    ['1.2.3', 'major', '2.0.0'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2', 'major', '2.0'],
    ['1.2', 'patch', '1.2.1'],
    ['7', 'minor', '7.1'],
    ['1.2.3.4', 'patch', '1.2.4.0'],
    ['1.2.3rc2', 'patch', '1.2.3'],
    ['1.2.0rc1', 'minor', '1.2.0'],
    ['1.2.3rc2', 'minor', '1.3.0'],
    ['2.0.0rc1', 'major', '2.0.0'],
    ['1.2.3.post5', 'patch', '1.2.4'],
    ['1.2.3.dev6', 'patch', '1.2.3'],
    ['2!1.2.3', 'major', '2!2.0.0'],
    ['1.2.3+local.1', 'patch', '1.2.4'],
    ['1.2.3', 'prepatch', '1.2.4a1'],
    ['1.2.3', 'preminor', '1.3.0a1'],
    ['1.2.3', 'premajor', '2.0.0a1'],
    ['1.2.3', 'prerelease', '1.2.4a1'],
    ['1.2.3a4', 'prerelease', '1.2.3a5'],
    ['1.2.3rc2', 'prerelease', '1.2.3rc3'],
    ['1.2.3.dev6', 'prerelease', '1.2.3a1'],
    ['1.2.3rc2', 'stable', '1.2.3'],
    ['1.2.3', 'stable', 'refused'],
    ['1.2.3a4', 'a', '1.2.3a5'],
    ['1.2.3a4', 'rc', '1.2.3rc1'],
    ['1.2.3rc2.dev5', 'rc', '1.2.3rc2'],
    ['1.2.3.post1.dev2', 'patch', '1.2.4'],
    ['1.2.3rc1', 'a', 'refused'],
    ['1.2.3', 'b', 'refused'],
    ['1.2.3rc2', 'prepatch', 'refused'],
    ['1.2.3', 'post', '1.2.3.post1'],
    ['1.2.3.post1', 'post', '1.2.3.post2'],
    ['1.2.3.dev6', 'dev', '1.2.3.dev7'],
    ['1.2.3', 'dev', 'refused'],
    ['9007199254740993.0.0', 'major', '9007199254740994.0.0'],
  ])('%s by %s is %s', (from, level, to) => {
    expect(bump(from, level)).toBe(to);
  });

  it('never goes back, and never keeps a local segment', () => {
    const number = fc.bigInt({ min: 0n, max: 10n ** 20n });
    const version = fc.record<Version>({
      epoch: fc.constantFrom(0n, 1n),
      release: fc.array(number, { minLength: 1, maxLength: 5 }),
      pre: fc.option(fc.record({ phase: fc.constantFrom('a', 'b', 'rc'), number })),
      post: fc.option(number),
      dev: fc.option(number),
      local: fc.constant(null),
    });
    fc.assert(
      fc.property(version, fc.constantFrom(...LEVELS), (from, level) => {
        const bumped = bumpVersion(from, level);
        if (bumped.kind === 'refused') return;
        expect(compareVersions(bumped.version, from)).toBeGreaterThan(0);
        expect(bumped.version.epoch).toBe(from.epoch);
        expect(bumped.version.release.length).toBeGreaterThanOrEqual(Math.min(from.release.length, 3));
      }),
    );
  });
});
