import { isShareStatistic } from './share-statistic.ts';
import type { SeriesStatistic } from './statistic.ts';

/**
 * Kinds of statistics that scatter alike and share a range, so that what is rare for one is rare for the others. The
 * order is that of `kinds` in a `JudgementBatch` and never changes: calibrations are stored by it.
 */
export const statisticKinds = ['level', 'scale', 'rate', 'count', 'distance', 'performance'] as const;
export type StatisticKind = (typeof statisticKinds)[number];

const named: Readonly<Partial<Record<SeriesStatistic, StatisticKind>>> = {
  standard_deviation: 'scale',
  mean_norm: 'scale',
  entropy: 'scale',
  traffic_ratio: 'rate',
  traffic: 'count',
  distinct_count: 'count',
  js_distance: 'distance',
  psi: 'distance',
  wasserstein: 'distance',
  observed_expected_ratio: 'performance',
  brier: 'performance',
  auc: 'performance',
  ndcg_at_10: 'performance',
};

/** Means, extremes and quantiles, and all that has no name here, are levels. */
export function kindOfStatistic(statistic: SeriesStatistic): StatisticKind {
  return named[statistic] ?? (isShareStatistic(statistic) ? 'rate' : 'level');
}

/** Place of the kind in `statisticKinds`. */
export function kindIndex(kind: StatisticKind): number {
  return statisticKinds.indexOf(kind);
}

/** The values that a statistic of the kind can have. */
export function kindRange(kind: StatisticKind): { readonly lowest: number; readonly highest: number } {
  if (kind === 'level') return { lowest: Number.NEGATIVE_INFINITY, highest: Number.POSITIVE_INFINITY };
  return { lowest: 0, highest: kind === 'rate' ? 1 : Number.POSITIVE_INFINITY };
}
