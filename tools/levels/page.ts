import { LEVELS, levelTable, type Level } from '@nx-pypi/release';

const MEANINGS: Readonly<Record<Level, string>> = {
  major: 'the next major version; finalises a pre-release of one (`2.0.0rc1` → `2.0.0`)',
  minor: 'the next minor version; finalises a pre-release of one (`1.3.0rc1` → `1.3.0`)',
  patch: 'the next patch; finalises any pre-release (`1.2.3rc2` → `1.2.3`)',
  premajor: 'the first alpha of the next major version',
  preminor: 'the first alpha of the next minor version',
  prepatch: 'the first alpha of the next patch',
  prerelease: 'the next pre-release of the same phase; from a final version the first alpha of the next patch',
  stable: 'the final version of a pre-release',
  a: 'the next alpha of a pre-release',
  b: 'the next beta, or the first one after an alpha',
  rc: 'the next release candidate, or the first one after an alpha or beta',
  post: 'the next post release: the same code, other packaging',
  dev: 'the next development release of one',
};

/** docs/levels.md, made from the code that bumps. */
export function levelsPage(): string {
  return `${[
    '# Levels',
    '',
    '<!-- Written by `npx tsx --conditions=nx-pypi-source tools/levels/main.ts` from libs/release/src/bump; a test compares. -->',
    '',
    'A level is the step from the baseline, the version in the registry, to the next version. It stands in `--level LEVEL`,',
    '`--set NAME=LEVEL`, the option `bump` of nx.json and `[tool.nx-pypi] level`. An explicit version (PEP 440) may stand',
    'wherever a level may; one that is taken, or not above every version of its line, is an error before anything is written.',
    '`auto` reads the level from conventional commits.',
    '',
    '| level | leads to |',
    '|---|---|',
    ...LEVELS.map((level) => `| \`${level}\` | ${MEANINGS[level]} |`),
    '| `auto` | `major` for a breaking change (`minor` below 1.0), `minor` for a feature, else `patch` |',
    '',
    'Without a level a final version gets a `patch`, and a pre-release its next `prerelease`. The epoch is kept, a local',
    'segment dropped. A release has as many segments as before, or as many as the level needs. Pre-releases of a phase are',
    'counted from 1, or from 0 with the option `firstPreRelease`. A step that would lead back is refused.',
    '',
    '## Every level on every kind of version',
    '',
    `| version | example | ${LEVELS.map((level) => `\`${level}\``).join(' | ')} |`,
    `|---|---|${LEVELS.map(() => '---|').join('')}`,
    ...levelTable().map(
      (row) => `| ${row.what} | \`${row.from}\` | ${LEVELS.map((level) => row.to[level] ?? 'refused').join(' | ')} |`,
    ),
  ].join('\n')}\n`;
}
