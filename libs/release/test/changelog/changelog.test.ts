import { describe, expect, it } from 'vitest';
import { withEntry } from '../../src/changelog/changelog.ts';
import { sectionsOf } from '../../src/changelog/sections.ts';

const commits = [
  { revision: 'd', message: 'chore: tidy', files: [] },
  { revision: 'c', message: 'Release bread 1.1.0', files: [] },
  { revision: 'b', message: 'feat(crust)!: bake darker\n\nBREAKING CHANGE: the crust is brown', files: [] },
  { revision: 'a', message: 'fix: less salt', files: [] },
  { revision: '9', message: 'feat: rye', files: [] },
];
const reasons = [{ kind: 'dependency-range', dependency: 'flour', before: '<2', after: '>=2,<3' }] as const;
const entry = { version: '2.0.0', date: '2026-11-21', sections: sectionsOf(commits, { reasons }) };

const SECTION = `## [2.0.0] - 2026-11-21

### Added

- Rye

### Changed

- **Breaking:** crust: The crust is brown
- Requires flour >=2,<3

### Fixed

- Less salt
`;

describe('a change log', () => {
  it('is begun in the form of Keep a Changelog', () => {
    expect(withEntry(null, entry)).toBe(`# Changelog

All notable changes to this package are documented in this file.
The format is based on Keep a Changelog (https://keepachangelog.com/en/1.1.0/).

${SECTION}`);
  });

  it('takes what stands under Unreleased along, keeps the rest, and has every version once', () => {
    const before =
      '# Log\r\n\r\n## [Unreleased]\r\n\r\nBy hand.\r\n\r\n### Fixed\r\n\r\n- Crumbs\r\n\r\n## [1.0.0] - 2025-01-01\r\n\r\n- First  \r\n';
    const after = withEntry(before, entry);
    expect(after.split('\r\n')).toEqual([
      '# Log',
      '',
      '## [Unreleased]',
      '',
      '## [2.0.0] - 2026-11-21',
      '',
      'By hand.',
      '',
      '### Fixed',
      '',
      '- Crumbs',
      '- Less salt',
      '',
      '### Added',
      '',
      '- Rye',
      '',
      '### Changed',
      '',
      '- **Breaking:** crust: The crust is brown',
      '- Requires flour >=2,<3',
      '',
      '## [1.0.0] - 2025-01-01',
      '',
      '- First',
      '',
    ]);
    expect(withEntry(after, entry)).toBe(after);
  });

  it('says so where nothing concerns users', () => {
    const sections = sectionsOf(commits.slice(0, 2), { reasons: [] });
    expect(withEntry('# Log\n', { ...entry, sections })).toBe(
      '# Log\n\n## [2.0.0] - 2026-11-21\n\n- No changes that concern users.\n',
    );
  });
});
