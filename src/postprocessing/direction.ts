import type { Detection } from '../domain/anomaly.ts';
import type { SeriesStatistic } from '../domain/statistic.ts';

/** Statistics of which only one direction is bad news; a coverage that rises is good. */
const HARMFUL_DIRECTIONS: Readonly<Partial<Record<SeriesStatistic, 'up' | 'down'>>> = {
  coverage: 'down',
  missing_rate: 'up',
  non_finite_rate: 'up',
  unseen_share: 'up',
};

export function isOneSided(statistic: SeriesStatistic): boolean {
  return HARMFUL_DIRECTIONS[statistic] !== undefined;
}

/**
 * The deviation from the baseline in the harmful direction, in the statistic's own unit: negative when it moved the
 * good way. 0 where nothing was forecast, and for statistics of which both ways are bad.
 */
export function harmfulDeviation(detection: Detection | undefined): number {
  if (detection?.forecast === undefined || detection.value === null) return 0;
  const deviation = detection.value - detection.forecast.baseline;
  const direction = HARMFUL_DIRECTIONS[detection.series.statistic];
  if (direction === undefined) return 0;
  return direction === 'up' ? deviation : -deviation;
}
