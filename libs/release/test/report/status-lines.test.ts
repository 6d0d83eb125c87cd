import { describe, expect, it } from 'vitest';
import { statusLines, statusRow, type StatusRow } from '../../src/report/status-lines.ts';
import { packageOf } from '../packages.ts';
import { versionOf } from '../world.ts';

function row(name: string, more: Partial<StatusRow> = {}): StatusRow {
  return {
    name,
    path: `packages/${name}`,
    local: '1.0.0',
    registry: '1.0.0',
    verdict: 'unchanged',
    reason: null,
    ...more,
  };
}

function many(count: number, more: (name: string) => Partial<StatusRow> = () => ({})): readonly StatusRow[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `part-${String(index).padStart(3, '0')}`;
    return row(name, more(name));
  });
}

const newer = { reason: 'toolchain: hatchling 1.27.0 → 1.28.0' };

describe('status as people read it', () => {
  it('shows a few packages with their versions, what asks for attention first', () => {
    const rows = [
      row('cello'),
      row('viola', { local: null, registry: '1.10.0' }),
      row('violin', { verdict: 'changed', reason: 'violin/__init__.py modified' }),
      row('bow', { verdict: 'unknown', registry: null, reason: 'NXPYPI_DOWN: the registry is down' }),
    ];
    expect(statusLines(rows)).toEqual([
      '4 packages: 1 unknown, 1 changed, 2 unchanged',
      '',
      'package  local  registry  verdict    reason',
      'bow      1.0.0  -         unknown    NXPYPI_DOWN: the registry is down',
      'violin   1.0.0  1.0.0     changed    violin/__init__.py modified',
      'cello    1.0.0  1.0.0     unchanged',
      'viola    -      1.10.0    unchanged',
    ]);
  });

  it('puts packages with one and the same reason together, however few there are', () => {
    expect(statusLines([...many(4, () => newer), row('violin', { verdict: 'new', registry: null })])).toEqual([
      '5 packages: 1 new, 4 unchanged',
      '',
      'package  local  registry  verdict  reason',
      'violin   1.0.0  -         new',
      '',
      '4 packages unchanged: toolchain: hatchling 1.27.0 → 1.28.0',
      '  part-000, part-001, part-002, part-003',
    ]);
  });

  it('fits hundreds on a screen: counted where nothing is to be done, named where something is', () => {
    const rows = [
      ...many(214, () => newer),
      ...many(300).map((one) => ({ ...one, name: `plain-${one.name}` })),
      ...many(80).map((one) => row(`fresh-${one.name}`, { verdict: 'new', registry: null })),
      row('violin', { verdict: 'changed', reason: 'violin/__init__.py modified' }),
    ];
    const lines = statusLines(rows);
    expect(lines.length).toBeLessThan(24);
    expect(lines.every((line) => line.length < 110)).toBe(true);
    expect(lines.filter((line) => /^\d/.test(line))).toEqual([
      '595 packages: 1 changed, 80 new, 514 unchanged',
      '80 packages new',
      '214 packages unchanged: toolchain: hatchling 1.27.0 → 1.28.0',
      '300 packages unchanged',
    ]);
    expect(lines).toContain('violin   1.0.0  1.0.0     changed  violin/__init__.py modified');
    expect(lines).toContain('  … and 164 more');
  });

  it('takes problems that differ by the package alone for one', () => {
    const rows = many(4, (name) => ({ verdict: 'unknown', reason: `NXPYPI_X: the page of ${name} is no page` }));
    expect(statusLines(rows)).toContain('4 packages unknown: NXPYPI_X: the page of … is no page');
  });

  it('H3: prints no control characters of others', () => {
    const lines = statusLines([row('violin', { verdict: 'unknown', reason: 'X: \u001b[2Jgone\u202e' })]);
    expect(lines.at(-1)).toContain('X: [2Jgone');
    expect(lines.join('\n')).not.toMatch(/[^\n\P{C}]/u);
  });

  it('an empty workspace has none', () => {
    expect(statusLines([])).toEqual(['0 packages']);
  });
});

it('a row has what differs and does not count as its reason', () => {
  const baseline = { text: '1.0.0', version: versionOf('1.0.0'), files: [], yanked: false };
  const tools = { before: 'bdist_wheel 0.38.4', after: 'setuptools 80.9.0' };
  const detection = {
    package: packageOf({ name: 'violin', scm: true }),
    digest: null,
    versions: [],
    shipped: [],
    provenance: null,
    change: {
      kind: 'unchanged' as const,
      baseline,
      by: 'comparison' as const,
      notes: [{ kind: 'toolchain' as const, differences: ['WHEEL'], tools }],
    },
  };
  expect(statusRow(detection)).toEqual(
    row('violin', { local: null, reason: 'toolchain: bdist_wheel 0.38.4 → setuptools 80.9.0' }),
  );
});
