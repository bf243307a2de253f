import { type JudgedSeries, ratio } from './judged-series.ts';

/**
 * Average precision over the windows of all series at one threshold, without any tolerance.
 *
 * AP = sum over falling thresholds of precision * (recall - previous recall); a random ranking gets the base rate
 *
 * Tied scores make one threshold; -Infinity, a window that could not be scored, makes none: its labels are missed.
 * Edge cases: without a labelled window both are null.
 */
export interface AveragePrecision {
  readonly averagePrecision: number | null;
  /** Labelled windows / windows. */
  readonly baseRate: number | null;
}

export function averagePrecision(series: readonly Pick<JudgedSeries, 'labels' | 'scores'>[]): AveragePrecision {
  const labels: number[] = [];
  const scores: number[] = [];
  for (const one of series) {
    for (let window = 0; window < one.labels.length; window += 1) {
      labels.push(one.labels[window] ?? 0);
      scores.push(one.scores[window] ?? Number.NEGATIVE_INFINITY);
    }
  }
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (positives === 0) return { averagePrecision: null, baseRate: null };
  const order = Uint32Array.from(scores.keys()).sort((a, b) => compare(scores[b] ?? 0, scores[a] ?? 0));
  let hits = 0;
  let counted = 0;
  let area = 0;
  for (let rank = 0; rank < order.length; rank += 1) {
    const at = order[rank] ?? 0;
    if (scores[at] === Number.NEGATIVE_INFINITY) break;
    hits += labels[at] ?? 0;
    if (rank + 1 < order.length && scores[order[rank + 1] ?? 0] === scores[at]) continue;
    area += (hits / (rank + 1)) * ((hits - counted) / positives);
    counted = hits;
  }
  return { averagePrecision: area, baseRate: ratio(positives, labels.length) };
}

/** Infinite scores have no difference. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
