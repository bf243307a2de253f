import type { RollingQuantiles } from './rolling-quantiles.ts';

/**
 * How far the hour of the day repeats, and what it adds to the level.
 *
 * r = spread of y(t) - y(t - 24) / (sqrt(2) spread of y), within LEAST_RATIO..1: near 0 where days repeat, 1 where not
 * add = (1 - r^2) median of y(t - 24 k) - level over k = 1..7
 *
 * y: known windows that were no incident. Spreads from quantiles, as of normal values: (q90 - q10) / 2.56 of y, q80 / 1.28
 * of the absolute differences. Edge cases: fewer than LEAST_DIFFERENCES differences or two such hours: nothing is added.
 */
export const WINDOWS_PER_DAY = 24;
const DAYS = 7;
const LEAST_RATIO = 0.1;
/** Two days of them. */
const LEAST_DIFFERENCES = 48;
const LEAST_HOURS = 2;
/** Quantiles of a normal distribution: q90 - q10 and q80 of the absolute value, in deviations. */
const NORMAL_RANGE = 2.56;
const NORMAL_ABSOLUTE = 1.28;

export function addOfHour(
  values: Float64Array,
  at: number,
  history: { readonly level: number; readonly values: RollingQuantiles; readonly differences: RollingQuantiles },
): number {
  if (history.differences.size() < LEAST_DIFFERENCES) return 0;
  const spread = (history.values.quantile(0.9) - history.values.quantile(0.1)) / NORMAL_RANGE;
  if (!(spread > 0)) return 0;
  const repeats = history.differences.quantile(0.8) / NORMAL_ABSOLUTE / Math.SQRT2 / spread;
  const ratio = Math.min(1, Math.max(LEAST_RATIO, repeats));
  const same: number[] = [];
  for (let back = 1; back <= DAYS; back += 1) {
    const value = values[at - back * WINDOWS_PER_DAY];
    if (value !== undefined && Number.isFinite(value)) same.push(value);
  }
  if (same.length < LEAST_HOURS) return 0;
  same.sort((a, b) => a - b);
  const middle = same.length >> 1;
  const median = same.length % 2 === 1 ? (same[middle] ?? 0) : ((same[middle - 1] ?? 0) + (same[middle] ?? 0)) / 2;
  return (1 - ratio * ratio) * (median - history.level);
}
