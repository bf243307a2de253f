import { ratio } from './judged-series.ts';
import type { EvaluationSet } from './ranked-series.ts';
import type { ScoredGrid } from './scorer.ts';
import { warmUpWindows } from './warm-up.ts';

/**
 * Calibration of a band: how often a window that nobody calls anomalous lies outside it. A 95 % band should say 5 %.
 *
 * share = windows with x < lower or x > upper / windows with a band, over windows without a label
 *
 * Edge cases: a scorer without a band has no share (null). Labels miss real anomalies, so a little more is no fault.
 */
export function shareOutsideBand(set: EvaluationSet, scored: readonly ScoredGrid[]): number | null {
  let outside = 0;
  let judged = 0;
  set.series.forEach(({ values, labels }, index) => {
    const { lower, upper } = scored[index] ?? {};
    if (lower === undefined || upper === undefined) return;
    for (let window = warmUpWindows(values.length, set.granularity); window < values.length; window += 1) {
      const [value, low, high] = [
        values[window] ?? Number.NaN,
        lower[window] ?? Number.NaN,
        upper[window] ?? Number.NaN,
      ];
      if (labels[window] === 1 || Number.isNaN(value + low + high)) continue;
      judged += 1;
      if (value < low || value > high) outside += 1;
    }
  });
  return ratio(outside, judged);
}
