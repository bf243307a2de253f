import type { Granularity } from '../../domain/model.ts';

/**
 * Windows at the start of a series that are not measured, the same for every scorer: a history has to exist first.
 *
 * days: 28, the history of AlerTiger; hours: the first 15 % of the series or one week, whichever is less
 */
const DAY_WARM_UP = 28;
const HOUR_WARM_UP = { share: 0.15, most: 168 };

export function warmUpWindows(length: number, granularity: Granularity): number {
  if (granularity === 'day') return Math.min(DAY_WARM_UP, length);
  return Math.min(Math.floor(HOUR_WARM_UP.share * length), HOUR_WARM_UP.most);
}
