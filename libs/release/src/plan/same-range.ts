import { equalRanges, parseSpecifierSet, rangeOf } from '@nx-pypi/standards';

/** Rule F2: whether two specifier sets admit the same versions; texts that do not parse are the same when equal. */
export function sameRange(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [parseSpecifierSet(a), parseSpecifierSet(b)];
  return left !== null && right !== null && equalRanges(rangeOf(left), rangeOf(right));
}
