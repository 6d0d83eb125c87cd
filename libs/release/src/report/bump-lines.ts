import type { BumpedPackage, BumpPlan } from '../bump/bump-plan.ts';
import { describeReason } from './describe-reason.ts';
import { alignedRows } from './table.ts';

/** The preview of a bump: a table of versions, and below it the ranges that follow. */
export function bumpLines(plan: BumpPlan): readonly string[] {
  if (plan.packages.length === 0) return ['nothing to bump'];
  const head = ['package', 'registry', 'manifest', 'new', 'reason', 'blast radius'];
  const table = alignedRows([head, ...plan.packages.map(cellsOf)]);
  const ranges = plan.ranges.map(
    ({ name, dependency, before, after, file }) => `  ${name}: ${dependency} ${before} → ${after}  (${file})`,
  );
  return ranges.length === 0 ? table : [...table, '', 'ranges that are rewritten:', ...ranges];
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
