import { describe, expect, it } from 'vitest';
import { releaseNotes } from '../../src/changelog/release-notes.ts';

const release = { previous: '1.1.0', version: '2.0.0', reasons: [] };

function commit(message: string) {
  return { revision: message, message, files: [] };
}

describe('the notes of a release', () => {
  it('tell users what the commits and the new ranges mean for them', () => {
    const reasons = [{ kind: 'dependency-range', dependency: 'flour', before: '<2', after: '>=2,<3' }] as const;
    const commits = [
      commit('test: taste more'),
      commit('fix(oven): close the door'),
      commit('feat!: sell slices only'),
    ];
    expect(releaseNotes({ ...release, reasons }, commits)).toBe(`Changes since 1.1.0:

### Changed

- **Breaking:** Sell slices only
- Requires flour >=2,<3

### Fixed

- oven: Close the door
`);
  });

  it('say so where nothing concerns users, and where nothing came before', () => {
    expect(releaseNotes(release, [commit('chore: sweep')])).toBe(
      'Changes since 1.1.0:\n\n- No changes that concern users.\n',
    );
    expect(releaseNotes({ ...release, previous: null }, [])).toBe('First release.\n');
    expect(releaseNotes({ ...release, previous: '2.0.0' }, [])).toBe('Files that 2.0.0 lacked.\n');
  });

  it('H3: hold no control characters of a message', () => {
    expect(releaseNotes(release, [commit('fix: \u001b[31mred\u0007 crumbs')])).toContain('- [31mred crumbs\n');
  });
});
