import type { Detection } from '../../domain/anomaly.ts';
import { isShareStatistic } from '../../domain/share-statistic.ts';
import { atLeast, type Filter } from '../filter.ts';
import { changeOf } from './absolute-change.ts';

/** From a baseline of zero any change is infinitely large; the ledger needs a number. */
const LARGEST = 1e9;

export const relativeChange: Filter = {
  name: 'relative change',
  kind: 'judgement',
  isSkippedByCatastrophe: true,
  sentence: 'The value must have moved by so large a part of its baseline; coverage, rates and shares are not asked.',
  standard: 'off',
  evidence:
    'A level has no natural zero: a year or a temperature in kelvin moves far within half a percent. The owner knows; nobody else does.',
  judge({ anomaly }, { minimumRelativeChange }) {
    if (minimumRelativeChange === 0 || isShareStatistic(anomaly.series.statistic)) return undefined;
    return atLeast(relativeChangeOf(anomaly), minimumRelativeChange);
  },
};

/**
 * abs(value - baseline) / abs(baseline), dimensionless, at most 1e9. 0 where nothing was forecast or nothing moved, also
 * from a baseline of 0.
 */
export function relativeChangeOf(detection: Pick<Detection, 'value' | 'forecast'>): number {
  const change = changeOf(detection);
  if (change === 0) return 0;
  return Math.min(LARGEST, change / Math.abs(detection.forecast?.baseline ?? 0));
}
