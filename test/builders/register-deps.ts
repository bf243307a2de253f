import { createHolidayCalendar } from '../../src/platform/holiday-calendar.ts';
import type { StatisticsEngine } from '../../src/ports/statistics-engine.ts';
import type { RegisterDeps } from '../../src/registry/index.ts';
import { planProfile, readImportance } from '../../src/statistics/index.ts';
import { fakeClock } from './stores.ts';

/** What registering needs, by a real engine and calendar, at `now`. */
export function registerDeps(
  { stores, engine }: Pick<RegisterDeps, 'stores'> & { readonly engine: StatisticsEngine },
  now: number,
): RegisterDeps {
  const importance: RegisterDeps['importance'] = (source, columns) => readImportance(engine, { source, columns });
  return {
    ...{ stores, engine, importance, plan: planProfile },
    calendar: createHolidayCalendar(),
    clock: fakeClock(now),
  };
}
