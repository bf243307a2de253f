import type { SeriesGrid } from '../features/history-rows.ts';
import type { JudgedGrid } from '../judged-grid.ts';
import type { ScoredGrid } from './scorer.ts';

/**
 * What a detector ranks windows by; p: tail probability, s: severity, b, l, u: baseline and bounds of the band.
 *
 * probability: stage 2 alone. severity: distance from the baseline in widths of the band, |x - b| / (u - l).
 * gated: the severity where the value is outside the band and stage 2 is at least half sure, else the probability / 1e6,
 * so that such windows come last but still in order.
 * tail: -log10(p) + 1e-6 s / (1 + s); the second part orders windows that are equally rare, above all those beyond the
 * least p that is told apart
 *
 * Edge cases: what the detector does not know is NaN; p = 0 counts as the least positive number.
 */
export type DetectorRank = 'probability' | 'severity' | 'gated' | 'tail';

const GATED_FACTOR = 1e-6;
const HALF = 0.5;
const TIE_FACTOR = 1e-6;

export function rankDetector(grid: SeriesGrid, judged: JudgedGrid, rank: DetectorRank): ScoredGrid {
  const { baseline, lower, upper, tail, anomalies: alerts } = judged;
  const scoreAt = rank === 'tail' ? rarityAt : distanceAt;
  const scores = grid.values.map((value, at) => scoreAt(value, judged, { at, rank }));
  return { scores, baseline, lower, upper, tail, alerts };
}

interface Place {
  readonly at: number;
  readonly rank: DetectorRank;
}

function rarityAt(_: number, judged: JudgedGrid, { at }: Place): number {
  const severity = judged.severity[at] ?? Number.NaN;
  const rarity = -Math.log10(Math.max(judged.tail[at] ?? Number.NaN, Number.MIN_VALUE));
  return rarity + TIE_FACTOR * (Number.isFinite(severity) ? severity / (1 + severity) : 1);
}

function distanceAt(value: number, judged: JudgedGrid, { at, rank }: Place): number {
  const probability = judged.score[at] ?? Number.NaN;
  if (rank === 'probability') return probability;
  const [low, high] = [judged.lower[at] ?? Number.NaN, judged.upper[at] ?? Number.NaN];
  const distance = Math.abs(value - (judged.baseline[at] ?? Number.NaN));
  const severity = distance / Math.max(Math.abs(high - low), Number.MIN_VALUE);
  if (rank === 'severity' || Number.isNaN(probability)) return severity;
  const isOutside = value < low || value > high;
  return isOutside && probability >= HALF ? severity : probability * GATED_FACTOR;
}
