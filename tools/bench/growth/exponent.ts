export interface Point {
  readonly size: number;
  /** In any unit, above zero. */
  readonly cost: number;
}

/**
 * `e` of `cost ≈ a · size^e`: the slope of the least-squares line through the points on doubly logarithmic axes. A cost that every
 * size has, such as the start of a process, makes it smaller; so the larger half of the points counts alone where there are four or
 * more. NaN for less than two sizes.
 */
export function growthExponent(points: readonly Point[]): number {
  const sorted = points.toSorted((a, b) => a.size - b.size);
  const counted = sorted.length < 4 ? sorted : sorted.slice(Math.floor(sorted.length / 2));
  const x = counted.map(({ size }) => Math.log(size));
  const y = counted.map(({ cost }) => Math.log(cost));
  const meanX = mean(x);
  const meanY = mean(y);
  const across = x.reduce((sum, value, index) => sum + (value - meanX) * ((y[index] ?? 0) - meanY), 0);
  return across / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}

/** The same slope of n·log n between the sizes that count: what a cost may at most grow like. */
export function sortingExponent(points: readonly Point[]): number {
  return growthExponent(points.map(({ size }) => ({ size, cost: size * Math.log(size) })));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
