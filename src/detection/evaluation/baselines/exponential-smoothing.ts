import type { Granularity } from '../../../domain/model.ts';
import { quantileOfSorted } from '../../features/quantile.ts';
import type { Scorer } from '../scorer.ts';
import { knownBefore, leastSpread } from './known-before.ts';
import { baselineSpans } from './spans.ts';

/** Weight of the newest value; the level forgets half of the past in two windows. */
const ALPHA = 0.3;
/** Of the absolute residuals; a score above 1 was seen in one window of ten. */
const RESIDUAL_SHARE = 0.9;

/**
 * Error of a simple exponential smoothing, in the quantile of its own earlier errors.
 *
 * e(t) = x(t) - l(t - 1); l(t) = l(t - 1) + alpha * e(t); l starts at the first known value
 * score(t) = |e(t)| / max(q, floor), q = 90 % quantile of the known |e(t - H)| .. |e(t - 1)|
 *
 * H: 28 days or 168 hours. Source: Brown (1956), Redyuk et al. (2021) for data quality. Edge cases: a window without a
 * value leaves the level alone and has no score; fewer than 7 days or 24 hours of errors: NaN.
 */
export function createExponentialSmoothingScorer(granularity: Granularity): Scorer {
  const { history, fewest } = baselineSpans[granularity];
  return {
    name: 'exponential smoothing',
    score({ values }) {
      const errors = smoothingErrors(values);
      return errors.map((error, index) => {
        const known = knownBefore(errors, index, history);
        if (!Number.isFinite(error) || known.length < fewest) return Number.NaN;
        const floor = leastSpread(knownBefore(values, index, history));
        return error / Math.max(quantileOfSorted(known.sort(), RESIDUAL_SHARE), floor);
      });
    },
  };
}

function smoothingErrors(values: Float64Array): Float64Array {
  let level = Number.NaN;
  return values.map((value) => {
    if (!Number.isFinite(value)) return Number.NaN;
    const error = value - level;
    level = Number.isNaN(level) ? value : level + ALPHA * error;
    return Math.abs(error);
  });
}
