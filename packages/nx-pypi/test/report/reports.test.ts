import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedRelease, ReleaseReport } from '@nx-pypi/release';
import { temporaryFolder } from '@nx-pypi/testkit';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../src/report/journal.ts';
import { junitReport } from '../../src/report/junit.ts';
import { writeReports } from '../../src/report/write-reports.ts';

const SCORE: PlannedRelease = {
  name: 'opera-score',
  path: 'packages/opera-score',
  verdict: 'changed',
  previous: '1.0.0',
  version: '1.0.1',
  chosen: false,
  reasons: [{ kind: 'files', added: [], removed: [], modified: ['score.py'] }],
  constraints: [],
  artifacts: ['sdist', 'wheel'],
};
const PROBLEM = { code: 'NXPYPI_BUILD_FAILED', message: 'opera-cast <does> not "build"', hint: 'mend it & run again' };
const REPORT: ReleaseReport = {
  results: [
    {
      name: 'opera-cast',
      path: 'packages/opera-cast',
      outcome: { kind: 'failed', release: null, problems: [PROBLEM], log: 'a \u001b[31mred\u0000 word <' },
    },
    {
      name: 'opera-night',
      path: 'packages/opera-night',
      outcome: { kind: 'skipped', release: null, because: { kind: 'needs-stopped', dependency: 'opera-cast' } },
    },
    {
      name: 'opera-score',
      path: 'packages/opera-score',
      outcome: {
        kind: 'published',
        release: SCORE,
        files: [{ kind: 'uploaded', filename: 'opera_score-1.0.1.tar.gz', sha256: 'a'.repeat(64) }],
      },
    },
  ],
  problems: [{ code: 'NXPYPI_BAD_TOML', message: 'no TOML', hint: 'mend it', where: 'broken/pyproject.toml:1' }],
  dryRun: false,
};

describe('the JUnit file', () => {
  it('has a case per package and per problem of the run, with what failed and why', () => {
    expect(junitReport(REPORT)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites tests="4" failures="2" skipped="1"><testsuite name="nx-pypi publish" tests="4" failures="2" skipped="1"><testcase classname="packages/opera-cast" name="opera-cast" file="packages/opera-cast"><failure type="NXPYPI_BUILD_FAILED" message="failed: NXPYPI_BUILD_FAILED opera-cast &lt;does&gt; not &quot;build&quot;">NXPYPI_BUILD_FAILED: opera-cast &lt;does&gt; not &quot;build&quot;
        what to do: mend it &amp; run again</failure><system-out>a [31mred word &lt;</system-out></testcase><testcase classname="packages/opera-night" name="opera-night" file="packages/opera-night"><skipped message="skipped: it needs opera-cast, which is not published">skipped: it needs opera-cast, which is not published</skipped></testcase><testcase classname="packages/opera-score" name="opera-score" file="packages/opera-score"><system-out>1.0.0 → 1.0.1 published (1 file): score.py modified</system-out></testcase><testcase classname="nx-pypi" name="broken/pyproject.toml:1"><failure type="NXPYPI_BAD_TOML" message="no TOML">NXPYPI_BAD_TOML: no TOML
        where: broken/pyproject.toml:1
        what to do: mend it</failure></testcase></testsuite></testsuites>
      "
    `);
  });
});

it('a release without its tag is a failed case, for which the job fails', () => {
  const [, , published] = REPORT.results;
  if (published?.outcome.kind !== 'published') throw new Error('the score was published');
  const outcome = { ...published.outcome, afterwards: [{ code: 'NXPYPI_TAG_TAKEN', message: 'taken', hint: 'look' }] };
  const xml = junitReport({ results: [{ ...published, outcome }], problems: [], dryRun: false });
  expect(xml).toContain('tests="1" failures="1" skipped="0"');
  expect(xml).toContain(
    '<failure type="NXPYPI_TAG_TAKEN" message="1.0.0 → 1.0.1 published (1 file): score.py modified; but',
  );
});

it('reports are written where they are asked for, with the folders that lead there', async () => {
  const root = await temporaryFolder();
  writeReports(root, { json: 'out/report.json', junit: null, notes: null }, REPORT);
  expect(readdirSync(root)).toEqual(['out']);
  expect(JSON.parse(readFileSync(join(root, 'out/report.json'), 'utf8'))).toEqual(REPORT);
});

it('the notes of releases go into a folder, one file each, named after package and version', async () => {
  const root = await temporaryFolder();
  const [cast, ...others] = REPORT.results;
  const results = [...(cast === undefined ? [] : [cast]), ...others.map((result) => ({ ...result, notes: 'New.\n' }))];
  writeReports(root, { json: null, junit: null, notes: 'out/notes' }, { ...REPORT, results });
  expect(readdirSync(join(root, 'out/notes'))).toEqual(['opera-score-1.0.1.md']);
  expect(readFileSync(join(root, 'out/notes/opera-score-1.0.1.md'), 'utf8')).toBe('New.\n');
});

describe('the journal', () => {
  it('notes every step at once, without what builds print', async () => {
    const folder = await temporaryFolder();
    const { file, note } = openJournal(folder, { started: new Date(0), pid: 7 });
    note({ kind: 'reading', packages: 3 });
    note({ kind: 'trying-again', name: 'opera-score', filename: 'opera_score-1.0.1.tar.gz', problem: PROBLEM });
    note({ kind: 'contested', name: 'opera-score', version: '1.0.1', by: '1.0.1' });
    for (const result of REPORT.results) note({ kind: 'settled', ...result });
    expect(file).toBe(join(folder, 'journal/1970-01-01T00-00-00-000Z-7.jsonl'));
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.map((entry) => [entry['event'], entry['name']])).toEqual([
      ['reading', undefined],
      ['failed try', 'opera-score'],
      ['contested', 'opera-score'],
      ['settled', 'opera-cast'],
      ['settled', 'opera-night'],
      ['settled', 'opera-score'],
    ]);
    expect(lines.join('')).not.toContain('red');
  });

  it('keeps the youngest fifty', async () => {
    const folder = await temporaryFolder();
    for (let second = 0; second < 55; second += 1)
      openJournal(folder, { started: new Date(second * 1000), pid: 7 }).note({ kind: 'reading', packages: 1 });
    const kept = readdirSync(join(folder, 'journal'));
    expect(kept).toHaveLength(51);
    expect(kept[0]).toBe('1970-01-01T00-00-04-000Z-7.jsonl');
  });
});
