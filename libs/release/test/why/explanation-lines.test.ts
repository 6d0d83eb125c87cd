import { describe, expect, it } from 'vitest';
import { explanationLines } from '../../src/why/explanation-lines.ts';
import type { Explanation } from '../../src/why/explanation.ts';

const PLAIN: Explanation = {
  name: 'violin',
  path: 'packages/violin',
  manifest: 'packages/violin/pyproject.toml',
  local: '1.0.0',
  verdict: 'unchanged',
  decision: { kind: 'keep', version: '1.0.0' },
  baseline: {
    version: '1.0.0',
    files: ['violin-1.0.0.tar.gz'],
    provenance: null,
    committed: null,
    maker: null,
  },
  by: 'digest',
  reasons: [],
  notes: [],
  causes: [],
  files: [],
  description: null,
  problem: null,
};

const PROVENANCE = {
  format: 1,
  repository: 'gitlab.example/orchestra',
  path: 'packages/violin',
  revision: '0123456789abcdef0123456789abcdef01234567',
  ref: 'main',
  dirty: true,
  pipeline: 'https://gitlab.example/orchestra/-/pipelines/7',
  tool: 'nx-pypi/1.0.0',
  digest: '1:aa',
  declared: {},
};

function told(more: Partial<Explanation>, full = false): string {
  return explanationLines({ ...PLAIN, ...more }, full).join('\n');
}

describe('why a package stays', () => {
  it('D3: the digest is the same', () => {
    expect(told({})).toBe(`violin 1.0.0 is up to date  (packages/violin)
manifest  packages/violin/pyproject.toml says 1.0.0
baseline  1.0.0, published by another tool
          violin-1.0.0.tar.gz
verdict   unchanged: same source digest as the baseline, nothing was built`);
  });

  it('D4: a build of it is the same', () => {
    expect(told({ by: 'comparison' })).toContain('unchanged: built at 1.0.0, it equals what was released');
  });

  it('D6: only the toolchain differs, listed', () => {
    const tools = { before: 'hatchling 1.27.0', after: 'hatchling 1.28.0' };
    const text = told({ by: 'comparison', notes: [{ kind: 'toolchain', differences: ['License', 'a.py'], tools }] });
    expect(text.split('\n').slice(-3)).toEqual([
      "verdict      unchanged: the sources of 1.0.0, built with today's tools, give the same",
      'not counted  toolchain: hatchling 1.27.0 → 1.28.0',
      '               License, a.py',
    ]);
  });

  it('D7: its builds differ from each other, listed', () => {
    const text = told({ notes: [{ kind: 'unreproducible', differences: ['a.py', 'b.py'] }] });
    expect(text).toContain('unchanged: same source digest as the baseline; its builds differ from each other');
    expect(text).toContain('not counted  a.py and 1 more differ from build to build\n               a.py, b.py');
  });

  it('C6: the registry has newer code', () => {
    const [theirs, ours] = ['a'.repeat(40), 'b'.repeat(40)];
    const text = told({ verdict: 'superseded', decision: { kind: 'supersede', theirs, ours, version: '1.0.1' } });
    expect(text).toMatch(/^violin 1\.0\.1 in the registry is newer than this checkout/);
    expect(text).toContain('superseded: released from aaaaaaaaaaaa, which follows bbbbbbbbbbbb');
  });
});

describe('why a package is released', () => {
  it('shows who published the baseline, from what and when', () => {
    const baseline = {
      version: '1.0.0',
      files: ['violin-1.0.0.tar.gz'],
      provenance: PROVENANCE,
      committed: '2026-11-20T14:03:00+01:00',
      maker: 'hatchling 1.28.0',
    };
    expect(told({ baseline }).split('\n').slice(2, 6)).toEqual([
      'baseline  1.0.0, published by nx-pypi/1.0.0, built with hatchling 1.28.0',
      '          from commit 0123456789ab of 2026-11-20T14:03:00+01:00 on main of gitlab.example/orchestra with changes that were not committed',
      '          https://gitlab.example/orchestra/-/pipelines/7',
      '          violin-1.0.0.tar.gz',
    ]);
  });

  it('shows metadata old and new, values of a list that went and came', () => {
    const fields = [
      { field: 'Summary', before: ['Four strings'], after: ['Five strings'] },
      { field: 'Requires-Python', before: [], after: ['>=3.10'] },
      { field: 'Requires-Dist', before: ['gut', 'rosin>=1'], after: ['rosin>=1', 'steel'] },
      { field: 'Description', before: ['# Violin'], after: ['# Viola'] },
    ];
    const description = '--- a/description\n+++ b/description\n@@ -1,1 +1,1 @@\n-# Violin\n+# Viola\n';
    const text = told({ verdict: 'changed', reasons: [{ kind: 'metadata', fields }], description });
    expect(text.slice(text.indexOf('\n\n') + 2)).toBe(`metadata
  Summary: Four strings → Five strings
  Requires-Python: (none) → >=3.10
  Requires-Dist
    - gut
    + steel

${description.trimEnd()}`);
  });

  it('cuts long diffs and many files unless all is asked for', () => {
    const print = { sha256: 'a'.repeat(64), size: 1, executable: null };
    const diff = Array.from({ length: 100 }, (_, index) => `+${index}`).join('\n');
    const files = Array.from({ length: 12 }, (_, index) => ({
      path: `part-${index}.py`,
      change: 'added' as const,
      before: null,
      after: print,
      diff,
    }));
    const text = told({ verdict: 'changed', files });
    expect(text).toContain('… 60 more lines; --full shows them');
    expect(text).toContain('… and 2 more files; --full shows them');
    expect(told({ verdict: 'changed', files }, true)).not.toContain('--full');
  });

  it('H3: prints no control characters of a source file', () => {
    const print = { sha256: 'a', size: 1, executable: null };
    const diff = '--- a/a\n+++ b/a\n+\u001b[2J\tevil\u0007\n';
    const text = told({
      files: [{ path: 'a', change: 'modified', before: print, after: { ...print, sha256: 'b' }, diff }],
    });
    expect(text).toContain('+[2J\tevil');
    expect(text).not.toMatch(/[^\n\t\P{C}]/u);
  });

  it.each<[string, Partial<Explanation>]>([
    [
      'violin 0.1.0 would be its first release',
      { verdict: 'new', decision: { kind: 'release', previous: null, version: '0.1.0' }, baseline: null },
    ],
    [
      'violin 1.0.0 would be completed by its wheel',
      { verdict: 'incomplete', decision: { kind: 'complete', version: '1.0.0', missing: ['wheel'] } },
    ],
    [
      "violin can't be released: it needs strings, which needs gut",
      { decision: { kind: 'stop', path: ['violin', 'strings', 'gut'], problem: null } },
    ],
  ])('%s', (head, more) => {
    expect(told(more).startsWith(`${head}  (packages/violin)\n`)).toBe(true);
  });

  it('a problem is told once, with what to do', () => {
    const problem = { code: 'NXPYPI_X', message: 'the registry did not answer', hint: 'ask again' };
    const text = told({
      verdict: 'unknown',
      baseline: null,
      problem,
      decision: { kind: 'stop', path: ['violin'], problem },
    });
    expect(text.match(/NXPYPI_X/g)).toHaveLength(1);
    expect(text).toContain('NXPYPI_X: the registry did not answer\n  what to do: ask again');
  });
});
