import { parseVersion } from '@nx-pypi/standards';
import { describe, expect, it } from 'vitest';
import { nextVersion } from '../../src/version-actions/next-version.ts';

interface Ask {
  readonly current?: string | null;
  readonly written?: string;
  readonly input: string;
  readonly preid?: string;
  readonly taken?: readonly string[];
}

function next({ current = '1.4.2', written, input, preid, taken = [] }: Ask): string {
  return nextVersion({
    project: 'flour',
    current,
    written: written === undefined ? null : parseVersion(written),
    input,
    preid,
    taken: new Set(taken),
    firstPre: 1n,
  });
}

describe('what nx release asks for, by PEP 440', () => {
  it.each<[string, Ask, string]>([
    ['a level of semantic versioning', { input: 'minor' }, '1.5.0'],
    ['E4: a version that is taken is passed over', { input: 'patch', taken: ['1.4.3', '1.4.4'] }, '1.4.5'],
    ['a preid of semantic versioning', { input: 'preminor', preid: 'beta' }, '1.5.0b1'],
    ['the next of a phase', { input: 'prerelease', preid: 'rc', current: '1.5.0rc1' }, '1.5.0rc2'],
    ['another phase', { input: 'prerelease', preid: 'rc', current: '1.5.0b3' }, '1.5.0rc1'],
    ['a version, in canonical form', { input: '2.0-RC1' }, '2.0rc1'],
    ['E5: a manifest that is above the result stays', { input: 'patch', written: '1.6.0' }, '1.6.0'],
    ['E5: a manifest below the result follows', { input: 'minor', written: '1.4.7' }, '1.5.0'],
  ])('%s', (_what, ask, version) => {
    expect(next(ask)).toBe(version);
  });

  it.each<[string, Ask, string]>([
    ['E4: a version that is taken', { input: '1.4.1', taken: ['1.4.1'] }, 'the registry has it already'],
    ['E4: a version below the current one', { input: '1.3.0' }, 'it is at 1.4.2, which is higher'],
    ['E4: a version below the manifest’s', { input: '1.5.0', written: '1.6.0' }, 'its manifest says 1.6.0'],
    ['what is no version', { input: '1.x' }, 'that is not a version by PEP 440'],
    ['nothing to count from', { input: 'patch', current: null }, "no current version by PEP 440 ('')"],
    ['a pre-release that PEP 440 has not', { input: 'preminor', preid: 'nightly' }, "no pre-releases called 'nightly'"],
    ['a step that leads back', { input: 'stable' }, 'flour: '],
  ])('%s is refused', (_what, ask, message) => {
    expect(() => next(ask)).toThrow(message);
  });
});
