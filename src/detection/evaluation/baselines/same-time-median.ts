import type { Granularity } from '../../../domain/model.ts';
import { quantileOfSorted } from '../../features/quantile.ts';
import type { Scorer } from '../scorer.ts';
import { clippedSpread } from './clipped-spread.ts';
import { knownBefore, leastSpread } from './known-before.ts';
import { baselineSpans } from './spans.ts';

/**
 * Distance from the median at the same time of the seasons before, in the clipped spread of such distances.
 *
 * m(t) = median of the known x(t - P), x(t - 2P) .. x(t - nP); r(t) = x(t) - m(t)
 * score(t) = |r(t)| / max(s, floor), s = clipped spread of the known r(t - H) .. r(t - 1)
 *
 * P: 7 days or 24 hours; n: 4 weeks or 7 days; H: 28 days or 168 hours. Source: the seasonal naive forecast, made
 * robust. Edge cases: no such value, or fewer than 7 days or 24 hours of r: NaN; a perfect history: the floor of
 * `leastSpread`.
 */
export function createSameTimeMedianScorer(granularity: Granularity): Scorer {
  const { history, fewest, season, seasons } = baselineSpans[granularity];
  return {
    name: granularity === 'day' ? 'same-weekday median' : 'same-hour median',
    score({ values }) {
      const residuals = values.map((value, index) => value - medianBefore(values, index, season, seasons));
      return residuals.map((residual, index) => {
        const known = knownBefore(residuals, index, history);
        if (!Number.isFinite(residual) || known.length < fewest) return Number.NaN;
        const floor = leastSpread(knownBefore(values, index, history));
        return Math.abs(residual) / Math.max(clippedSpread(known), floor);
      });
    },
  };
}

function medianBefore(values: Float64Array, index: number, season: number, seasons: number): number {
  const known: number[] = [];
  for (let back = 1; back <= seasons; back += 1) {
    const value = values[index - back * season];
    if (value !== undefined && Number.isFinite(value)) known.push(value);
  }
  return quantileOfSorted(
    known.toSorted((a, b) => a - b),
    0.5,
  );
}
