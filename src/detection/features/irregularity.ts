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
  // A plain array, sorted as it grows: a typed one of 18 numbers costs more to make and to sort than all of the rest.
  const differences: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const difference = (normalised[index + DAYS_PER_WEEK] ?? 0) - (normalised[index] ?? 0);
    let place = differences.push(difference) - 1;
    for (; place > 0 && (differences[place - 1] ?? 0) > difference; place -= 1) {
      differences[place] = differences[place - 1] ?? 0;
    }
    differences[place] = difference;
  }
  return quantileOfSorted(differences, quantiles.upper) - quantileOfSorted(differences, quantiles.lower);
}
