import type { BumpedPackage, BumpPlan, RewrittenRange } from '../bump/bump-plan.ts';
import { describeReason } from './describe-reason.ts';
import { alignedRows } from './table.ts';

/** The preview of a bump: a table of versions, and below it the ranges that follow. */
export function bumpLines(plan: BumpPlan): readonly string[] {
  if (plan.packages.length === 0) return ['nothing to bump'];
  const head = ['package', 'registry', 'manifest', 'new', 'reason', 'blast radius'];
  const table = alignedRows([head, ...plan.packages.map(cellsOf)]);
  const ranges = rangeLines(plan.ranges);
  return ranges.length === 0 ? table : [...table, '', 'ranges that are rewritten:', ...ranges];
}

/** So many packages with one and the same change are named one by one. */
const FEW = 3;

/** A line per range; where many packages write the same range, one line for all of them. */
function rangeLines(ranges: BumpPlan['ranges']): readonly string[] {
  const alike = new Map<string, RewrittenRange[]>();
  for (const range of ranges) {
    const change = `${range.dependency} ${range.before} → ${range.after}`;
    const known = alike.get(change);
    if (known === undefined) alike.set(change, [range]);
    else known.push(range);
  }
  return [...alike].flatMap(([change, group]) => {
    if (group.length <= FEW) return group.map(({ name, file }) => `  ${name}: ${change}  (${file})`);
    const names = [...new Set(group.map(({ name }) => name))];
    const rest = names.length - FEW;
    const others = rest < 1 ? '' : rest === 1 ? ' and another one' : ` and ${rest} others`;
    return [`  ${change}  in ${names.slice(0, FEW).join(', ')}${others}`];
  });
}

function cellsOf(pkg: BumpedPackage): readonly string[] {
  const [reason = ''] = pkg.reasons.map(describeReason);
  return [
    pkg.name,
    pkg.previous ?? '-',
    pkg.written ?? '-',
    pkg.change === 'already-there' ? `${pkg.version} (there already)` : pkg.version,
    reason,
    blastRadius(pkg),
  ];
}

/** How many packages need it, and how many are released because of it under the policies. */
function blastRadius({ dependents, followers }: BumpedPackage): string {
  if (dependents === 0) return 'nobody needs it';
  const needs = dependents === 1 ? '1 needs it' : `${dependents} need it`;
  return followers.length === 0 ? `${needs}, none follows` : `${needs}, ${followers.length} follow`;
}
