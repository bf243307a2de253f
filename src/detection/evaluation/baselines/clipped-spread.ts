/**
 * Standard deviation after the smallest and the largest value were pulled in to their neighbours: one outlier does not
 * widen it, and unlike the median absolute deviation it is not 0 as soon as half the values are equal.
 *
 * s = sqrt(mean((c(x) - mean(c(x)))^2)); c clips to the second smallest and the second largest
 *
 * Edge cases: fewer than 4 values are not clipped; none: 0.
 */
const FEWEST_TO_CLIP = 4;

export function clippedSpread(values: Float64Array): number {
  if (values.length === 0) return 0;
  const sorted = values.toSorted();
  const at = values.length < FEWEST_TO_CLIP ? 0 : 1;
  const low = sorted[at] ?? 0;
  const high = sorted[sorted.length - 1 - at] ?? 0;
  const clipped = values.map((value) => Math.min(high, Math.max(low, value)));
  const mean = clipped.reduce((sum, value) => sum + value, 0) / clipped.length;
  return Math.sqrt(clipped.reduce((sum, value) => sum + (value - mean) ** 2, 0) / clipped.length);
}
