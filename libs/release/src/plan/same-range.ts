import { equalRanges, rangeOf } from '@nx-pypi/standards';
import { parsedSet } from './parsed-set.ts';

/** Rule F2: whether two specifier sets admit the same versions; texts that do not parse are the same when equal. */
export function sameRange(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [parsedSet(a), parsedSet(b)];
  return left !== null && right !== null && equalRanges(rangeOf(left), rangeOf(right));
}
