import type { Detection } from '../domain/anomaly.ts';
import type { FilterSettings } from './settings.ts';

/** Beyond this a tail probability is a formality, and 1 / tail would not be a number any more. */
const MOST_WINDOWS = 1e12;

/** Healthy windows of its kind of which one is as severe; undefined where the detector gives no tail probability. */
export function rarityOf(detection: Detection | undefined): number | undefined {
  return detection?.tail === undefined ? undefined : Math.min(MOST_WINDOWS, 1 / detection.tail);
}

/** True for what is too rare to wait for a second anomalous window. */
export function isRareEnoughAlone(detection: Detection | undefined, { rarity }: FilterSettings): boolean {
  const windows = rarityOf(detection);
  return rarity !== undefined && windows !== undefined && windows >= rarity.alone;
}
