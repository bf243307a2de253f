/**
 * Whether values go one way, by their order alone (Mann 1945, Kendall 1975), and how fast (Sen 1968).
 *
 *   S = sum over i < j of sign(x(j) - x(i))
 *   z = (S - sign(S)) / sqrt(n (n - 1) (2 n + 5) / 18)
 *   slope = median over i < j of (x(j) - x(i)) / (j - i)
 *
 * x: n values in time order, evenly spaced; z is dimensionless, about standard normal without a trend; the slope is in the
 * unit of the values per step. Ties count as no movement. Fewer than two values: 0.
 */

/** The standardised statistic of Mann and Kendall: positive for rising values. */
export function mannKendall(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  let sum = 0;
  for (let j = 1; j < n; j += 1) {
    for (let i = 0; i < j; i += 1) sum += Math.sign((values[j] ?? 0) - (values[i] ?? 0));
  }
  return (sum - Math.sign(sum)) / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
}

/** The slope of Theil and Sen. */
export function theilSen(values: readonly number[]): number {
  const slopes: number[] = [];
  for (let j = 1; j < values.length; j += 1) {
    for (let i = 0; i < j; i += 1) slopes.push(((values[j] ?? 0) - (values[i] ?? 0)) / (j - i));
  }
  slopes.sort((a, b) => a - b);
  const middle = (slopes.length - 1) / 2;
  return ((slopes[Math.floor(middle)] ?? 0) + (slopes[Math.ceil(middle)] ?? 0)) / 2;
}
