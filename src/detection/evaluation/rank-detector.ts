import type { SeriesGrid } from '../features/history-rows.ts';
import type { JudgedGrid } from '../judged-grid.ts';
import type { ScoredGrid } from './scorer.ts';

/**
 * What a two-stage detector ranks windows by.
 *
 * probability: stage 2 alone. severity: distance from the baseline in widths of the band, |x - b| / (u - l).
 * gated: the severity where the value is outside the band and stage 2 is at least half sure, else the probability / 1e6,
 * so that such windows come last but still in order
 */
export type DetectorRank = 'probability' | 'severity' | 'gated';

const GATED_FACTOR = 1e-6;
const HALF = 0.5;

export function rankDetector(grid: SeriesGrid, judged: JudgedGrid, rank: DetectorRank): ScoredGrid {
  const { lower, upper, baseline, score } = judged;
  const scores = grid.values.map((value, at) => {
    const probability = score[at] ?? Number.NaN;
    if (rank === 'probability') return probability;
    const [low, high] = [lower[at] ?? Number.NaN, upper[at] ?? Number.NaN];
    const severity = Math.abs(value - (baseline[at] ?? Number.NaN)) / Math.max(Math.abs(high - low), Number.MIN_VALUE);
    if (rank === 'severity' || Number.isNaN(probability)) return severity;
    const isOutside = value < low || value > high;
    return isOutside && probability >= HALF ? severity : probability * GATED_FACTOR;
  });
  return { scores, lower, upper };
}
