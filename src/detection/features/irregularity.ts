import { DAYS_PER_WEEK } from './day-of-week.ts';
import { quantileOfSorted } from './quantile.ts';

/**
 * Irregularity: how unlike each other the weeks of a history are. A series that repeats its week scores 0; the score
 * widens or narrows the band through a trainable sigmoid.
 *
 * d[i] = x[i + 7] - x[i], i = 0 .. n - 8; score = quantile(d, upper) - quantile(d, lower)
 *
 * x: normalised history, oldest first, no unit. Source: AlerTiger, section 3.2 (quartiles; the released code takes
 * 40 % and 60 %). Robust to a trend (d is constant) and to single spikes. Edge cases: fewer than 8 values give 0.
 */
export function irregularityScore(
  normalised: ArrayLike<number>,
  quantiles: { readonly lower: number; readonly upper: number },
): number {
  const count = normalised.length - DAYS_PER_WEEK;
  if (count < 1) return 0;
  const differences = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    differences[index] = (normalised[index + DAYS_PER_WEEK] ?? 0) - (normalised[index] ?? 0);
  }
  differences.sort();
  return quantileOfSorted(differences, quantiles.upper) - quantileOfSorted(differences, quantiles.lower);
}
