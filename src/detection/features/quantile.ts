/**
 * Quantile with linear interpolation between order statistics.
 *
 * position = share * (n - 1); q = x[floor] + (position - floor) * (x[floor + 1] - x[floor])
 *
 * `sorted` ascending, share 0..1. Edge cases: one value is every quantile; no values give NaN.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (position - below) * (high - low);
}
