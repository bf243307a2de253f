import { atLeast, type Filter } from '../filter.ts';
import { isRareEnoughAlone } from './rarity.ts';

export const duration: Filter = {
  name: 'duration',
  kind: 'judgement',
  isSkippedByCatastrophe: true,
  sentence:
    'So many windows of the detection window around it must be anomalous; no window after the one under judgement is seen.',
  standard: '2 of 3 windows',
  evidence:
    'AlerTiger section 3.3: a single bad day is mostly a failure of infrastructure with alarms of its own. Causal, where the released code lets tomorrow confirm today.',
  judge({ detections, index, anomaly }, settings) {
    if (isRareEnoughAlone(anomaly, settings)) return undefined;
    const flags = detections.map((detection) => detection.isAnomaly);
    return atLeast(anomalousWithin(flags, index, settings.durationWindows), settings.minimumAnomalousWindows);
  },
};

/**
 * How many anomalous windows share a detection window with window `index` (AlerTiger section 3.3).
 *
 * The detection window of length `length` slides over time; the count is the largest over all its positions that
 * hold `index`. Only windows up to the end of `isAnomalous` are seen, so a caller that ends the array at the window
 * under judgement lets no later window confirm it.
 *
 * isAnomalous: one flag per window in time order, without gaps. Returns 0 when the window itself is not anomalous.
 */
export function anomalousWithin(isAnomalous: readonly boolean[], index: number, length: number): number {
  if (isAnomalous[index] !== true) return 0;
  let most = 0;
  for (let start = Math.max(0, index - length + 1); start <= index; start += 1) {
    const count = isAnomalous.slice(start, start + length).filter(Boolean).length;
    most = Math.max(most, count);
  }
  return most;
}
