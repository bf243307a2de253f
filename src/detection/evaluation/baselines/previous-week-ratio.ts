import type { Granularity } from '../../../domain/model.ts';
import type { Scorer } from '../scorer.ts';
import { baselineSpans } from './spans.ts';

/**
 * How many times more or less than a week ago, brought to 0 .. 1 so that zeros and signs have a place.
 *
 * score(t) = |x(t) - w| / (|x(t)| + |w|), w = x(t - one week); for positive values this is (q - 1) / (q + 1) with q the
 * larger of x / w and w / x, so it ranks as the ratio does
 *
 * Source: the rule of thumb of dashboards. Edge cases: no value now or a week ago: NaN; both 0: 0.
 */
export function createPreviousWeekScorer(granularity: Granularity): Scorer {
  const { week } = baselineSpans[granularity];
  return {
    name: 'previous-week ratio',
    score({ values }) {
      return values.map((value, index) => {
        const before = values[index - week] ?? Number.NaN;
        if (!Number.isFinite(value) || !Number.isFinite(before)) return Number.NaN;
        const size = Math.abs(value) + Math.abs(before);
        return size === 0 ? 0 : Math.abs(value - before) / size;
      });
    },
  };
}
