import { formatInstant } from '../../src/messages/format-instant.ts';
import type { Stores } from '../../src/ports/stores.ts';
import type { StatisticsDeps } from '../../src/statistics/index.ts';

/** What the statistics step needs, over real stores, at an instant that stands still. */
export function statisticsDeps(stores: Stores, engine: StatisticsDeps['engine'], nowMs: number): StatisticsDeps {
  const { models, statistics, looks, transaction } = stores;
  return { engine, clock: { now: () => nowMs }, models, statistics, looks, transaction, formatInstant };
}
