import type { SeriesStatistic } from './statistic.ts';

/** Coverage, rates and shares: 0..1, parts of the rows; people read them as percentages. */
export function isShareStatistic(statistic: SeriesStatistic): boolean {
  return (
    statistic === 'coverage' ||
    statistic.endsWith('_rate') ||
    statistic.endsWith('_share') ||
    statistic.startsWith('share[')
  );
}
