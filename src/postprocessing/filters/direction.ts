import type { Detection } from '../../domain/anomaly.ts';
import { isShareStatistic } from '../../domain/share-statistic.ts';
import type { SeriesStatistic } from '../../domain/statistic.ts';
import { atLeast, type Filter } from '../filter.ts';

/** Statistics of which only one direction is bad news; a coverage that rises is good. */
const HARMFUL_DIRECTIONS: Readonly<Partial<Record<SeriesStatistic, 'up' | 'down'>>> = {
  coverage: 'down',
  missing_rate: 'up',
  non_finite_rate: 'up',
  default_rate: 'up',
  wrong_length_rate: 'up',
  unseen_share: 'up',
  js_distance: 'up',
  psi: 'up',
  wasserstein: 'up',
  brier: 'up',
  auc: 'down',
  ndcg_at_10: 'down',
};

export const direction: Filter = {
  name: 'direction',
  kind: 'judgement',
  isSkippedByCatastrophe: true,
  sentence: 'A statistic of which one direction is good news must have moved the other way.',
  standard: `bad news: ${Object.entries(HARMFUL_DIRECTIONS)
    .map(([statistic, way]) => `\`${statistic}\` ${way}`)
    .join(', ')}; of all others both ways`,
  evidence:
    'By their definitions: a coverage that rises, a distance to the reference that shrinks or an AUC that grows hurts no model.',
  judge({ anomaly }) {
    if (HARMFUL_DIRECTIONS[anomaly.series.statistic] === undefined) return undefined;
    return atLeast(harmfulDeviation(anomaly), 0);
  },
};

/**
 * The deviation from the baseline in the harmful direction, in the statistic's own unit: negative when it moved the
 * good way. 0 where nothing was forecast, and for statistics of which both ways are bad.
 */
export function harmfulDeviation({ series, value, forecast }: Detection): number {
  const harmful = HARMFUL_DIRECTIONS[series.statistic];
  if (forecast === undefined || value === null || harmful === undefined) return 0;
  const deviation = value - forecast.baseline;
  return harmful === 'up' ? deviation : -deviation;
}

/** Rows that a coverage may lose, or a rate of faults gain, in one window before nobody waits for a second one. */
const COLLAPSE = 0.5;

/** True for a coverage that lost half of the rows, or as many more that are faulty: an outage, if not of every row. */
export function hasCollapsed(anomaly: Detection): boolean {
  return isShareStatistic(anomaly.series.statistic) && harmfulDeviation(anomaly) >= COLLAPSE;
}
