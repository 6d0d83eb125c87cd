import type { Detection } from '../detect/detection.ts';
import type { Change } from '../model/change.ts';
import { describeReason } from './describe-reason.ts';
import { printable } from './printable.ts';
import { alignedRows } from './table.ts';

/** One package beside what the registry holds of it. */
export interface StatusRow {
  readonly name: string;
  readonly path: string;
  /** The manifest's version; null where it states none. */
  readonly local: string | null;
  /** The baseline; null where there is none. */
  readonly registry: string | null;
  readonly verdict: Change['kind'];
  /** The first one, or what differs and does not count. */
  readonly reason: string | null;
}

export function statusRow({ package: pkg, change }: Detection): StatusRow {
  return {
    name: pkg.normalizedName,
    path: pkg.path,
    local: pkg.version.kind === 'static' || pkg.version.kind === 'file' ? pkg.version.text : null,
    registry: 'baseline' in change ? change.baseline.text : null,
    verdict: change.kind,
    reason: firstReason(change),
  };
}

function firstReason(change: Change): string | null {
  switch (change.kind) {
    case 'changed':
    case 'ahead':
      return change.reasons.map(describeReason)[0] ?? null;
    case 'incomplete':
      return `lacks its ${change.missing.join(' and ')}`;
    case 'superseded':
      return `released from ${change.theirs.slice(0, 12)}, which follows ${change.ours.slice(0, 12)}`;
    case 'unknown':
      return `${change.problem.code}: ${change.problem.message}`;
    case 'unchanged':
      return change.notes?.map(describeReason)[0] ?? null;
    case 'new':
      return null;
  }
}

/** What asks for attention comes first. */
const ORDER: readonly Change['kind'][] = [
  'unknown',
  'changed',
  'ahead',
  'new',
  'incomplete',
  'superseded',
  'unchanged',
];

/** A screen: fewer packages are all shown with their versions, of more those that have something in common are put together. */
const SCREEN = 40;
/** As many packages as this with one reason are a group. */
const GROUP = 4;
/** Characters of a line of names, and lines of names. */
const [WIDTH, LINES] = [100, 5];

/** The state of the packages as people read it: counts, a table, and groups where many have the same reason. */
export function statusLines(rows: readonly StatusRow[]): readonly string[] {
  const sorted = rows.toSorted(
    (a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || (a.name < b.name ? -1 : 1),
  );
  const groups = groupsOf(sorted);
  const isGroup = (group: readonly StatusRow[]): boolean =>
    group.length >= GROUP && (rows.length > SCREEN || group[0]?.reason !== null);
  const single = groups.filter((group) => !isGroup(group)).flat();
  const lines = [
    countsOf(rows),
    ...(single.length === 0 ? [] : ['', ...tableOf(single)]),
    ...groups.filter(isGroup).flatMap((group) => ['', ...groupLines(group)]),
  ];
  return lines.map(printable);
}

function groupsOf(rows: readonly StatusRow[]): readonly (readonly StatusRow[])[] {
  const groups = new Map<string, StatusRow[]>();
  for (const row of rows) {
    const known = groups.get(keyOf(row));
    if (known === undefined) groups.set(keyOf(row), [row]);
    else known.push(row);
  }
  return [...groups.values()];
}

function keyOf(row: StatusRow): string {
  return `${row.verdict}\n${nameless(row)}`;
}

/** Problems that differ by the package's own name alone are the same. */
function nameless({ verdict, reason, name, path }: StatusRow): string {
  if (verdict !== 'unknown') return reason ?? '';
  return (reason ?? '').replaceAll(path, '…').replaceAll(name, '…');
}

function countsOf(rows: readonly StatusRow[]): string {
  const counts = ORDER.map((verdict) => [rows.filter((row) => row.verdict === verdict).length, verdict] as const);
  const told = counts.filter(([count]) => count > 0).map(([count, verdict]) => `${count} ${verdict}`);
  return `${rows.length} ${rows.length === 1 ? 'package' : 'packages'}${told.length === 0 ? '' : `: ${told.join(', ')}`}`;
}

function tableOf(rows: readonly StatusRow[]): readonly string[] {
  return alignedRows([
    ['package', 'local', 'registry', 'verdict', 'reason'],
    ...rows.map((row) => [row.name, row.local ?? '-', row.registry ?? '-', row.verdict, row.reason ?? '']),
  ]);
}

/** Packages that are simply unchanged are counted, the others named. */
function groupLines(group: readonly StatusRow[]): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const head = `${group.length} packages ${first.verdict}`;
  if (first.reason === null && first.verdict === 'unchanged') return [head];
  const names = wrapped(group.map(({ name }) => name));
  return [first.reason === null ? head : `${head}: ${nameless(first)}`, ...names];
}

function wrapped(names: readonly string[]): readonly string[] {
  const lines: string[][] = [[]];
  for (const name of names) {
    const line = lines.at(-1) ?? [];
    if (line.length > 0 && [...line, name].join(', ').length > WIDTH) lines.push([name]);
    else line.push(name);
  }
  const shown = lines.slice(0, LINES);
  const rest = names.length - shown.flat().length;
  const text = shown.map((line, index) => `  ${line.join(', ')}${index < lines.length - 1 ? ',' : ''}`);
  return rest === 0 ? text : [...text, `  … and ${rest} more`];
}
