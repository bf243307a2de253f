import type { Detection } from '../../domain/anomaly.ts';
import { atLeast, type Filter } from '../filter.ts';
import type { FilterSettings } from '../settings.ts';
import { hasCollapsed } from './direction.ts';

/** Beyond this a tail probability is a formality, and 1 / tail would not be a number any more. */
const MOST_WINDOWS = 1e12;

export const rarity: Filter = {
  name: 'rarity',
  kind: 'judgement',
  isSkippedByCatastrophe: true,
  sentence:
    'Only one of so many healthy windows of its kind may be as unusual; asked where the detector tells a tail probability.',
  standard: 'what the detector asks: one in 333; stricter where an alert budget has learned so',
  evidence:
    'The false rate of one severity varies ten-thousand-fold with the tail of a statistic; a tail probability by kind is the same for all (docs/evidence.md).',
  judge({ anomaly }, settings) {
    const windows = rarityOf(anomaly);
    return settings.rarity === undefined || windows === undefined ? undefined : atLeast(windows, settings.rarity.least);
  },
};

export const durationWaived: Filter = {
  name: 'duration waived',
  kind: 'judgement',
  isSkippedByCatastrophe: true,
  sentence:
    'An anomaly that is so rare needs no second one beside it, so it is told on its first day; nor does a share of faulty rows that grows by half of all rows.',
  standard: 'one in 21,900 daily windows, or 525,600 hourly ones',
  evidence:
    'By chance one report of a single window in three years, on a model of twenty series. Of 165 public outages of sensors, 20 took half of the rows of one day and were over on the next.',
  judge({ anomaly }, settings) {
    if (!isRareEnoughAlone(anomaly, settings) || hasCollapsed(anomaly)) return undefined;
    return atLeast(rarityOf(anomaly) ?? 0, settings.rarity?.alone ?? 0);
  },
};

/** Healthy windows of its kind of which one is as severe; undefined where the detector gives no tail probability. */
export function rarityOf({ tail }: Pick<Detection, 'tail'>): number | undefined {
  return tail === undefined ? undefined : Math.min(MOST_WINDOWS, 1 / tail);
}

/** True for what is too rare, or too bad, to wait for a second anomalous window. */
export function isRareEnoughAlone(detection: Detection, settings: FilterSettings): boolean {
  const windows = rarityOf(detection);
  if (settings.rarity === undefined || windows === undefined) return false;
  return windows >= settings.rarity.alone || hasCollapsed(detection);
}
