import type { Granularity } from '../../../domain/model.ts';
import type { Scorer } from '../scorer.ts';
import { knownBefore, leastSpread } from './known-before.ts';
import { baselineSpans } from './spans.ts';

/**
 * Distance from the mean of the last windows, in their standard deviations: the plainest detector there is.
 *
 * score(t) = |x(t) - m| / max(s, floor); m, s: mean and standard deviation of the known x(t - H) .. x(t - 1)
 *
 * x: value in the units of the series; H: 28 days or 168 hours. Source: common practice (Shewhart, 1931). Edge cases:
 * fewer than 7 days or 24 hours known, or no value: NaN; a constant history: the floor of `leastSpread`.
 */
export function createMeanZScorer(granularity: Granularity): Scorer {
  const { history, fewest } = baselineSpans[granularity];
  return {
    name: 'mean/std z',
    score({ values }) {
      return values.map((value, index) => {
        const known = knownBefore(values, index, history);
        if (!Number.isFinite(value) || known.length < fewest) return Number.NaN;
        const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
        const variance = known.reduce((sum, one) => sum + (one - mean) ** 2, 0) / known.length;
        return Math.abs(value - mean) / Math.max(Math.sqrt(variance), leastSpread(known));
      });
    },
  };
}
