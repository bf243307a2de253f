import type { Detection } from '../../domain/anomaly.ts';
import { isShareStatistic } from '../../domain/share-statistic.ts';
import { atLeast, type Filter } from '../filter.ts';

export const absoluteChange: Filter = {
  name: 'change',
  kind: 'judgement',
  isSkippedByCatastrophe: true,
  sentence: 'The value must have moved so far from its baseline, in the unit of the statistic.',
  standard: 'half a percentage point for coverage, rates and shares; no least change for the others',
  evidence:
    'A rate that never moved has a band without width, so three odd rows in a million leave it: significance is not materiality (Greykite asks for a least error beside its interval for the same reason). Other statistics have no unit in common.',
  judge({ anomaly }, settings) {
    const least = isShareStatistic(anomaly.series.statistic)
      ? settings.minimumShareChange
      : settings.minimumAbsoluteChange;
    return least === 0 ? undefined : atLeast(changeOf(anomaly), least);
  },
};

/** abs(value - baseline) in the statistic's own unit; 0 where nothing was forecast or nothing was seen. */
export function changeOf({ value, forecast }: Pick<Detection, 'value' | 'forecast'>): number {
  return value === null || forecast === undefined ? 0 : Math.abs(value - forecast.baseline);
}
