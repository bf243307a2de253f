import { type HolidaySpan, spansOfHolidays } from '../domain/holiday.ts';
import type { EpochMs, ModelId } from '../domain/identifiers.ts';
import { windowAt } from '../domain/window.ts';
import type { HolidayCalendar } from '../ports/holiday-calendar.ts';
import type { TimeRange } from '../ports/statistics-engine.ts';
import type { Stores } from '../ports/stores.ts';

/** Holidays are declared for so long ahead; laws change them, and sources move, within that time. */
const YEARS_AHEAD = 10;
/** Longer histories than that are not read. */
const MOST_YEARS_BACK = 50;

/**
 * Public holidays of the place, from the year before the first row on; undefined without a place. Throws
 * `usage.invalid` for a place that the calendar does not know.
 */
export async function holidaysOf(
  { calendar }: { readonly calendar: HolidayCalendar },
  of: {
    readonly place: string | undefined;
    readonly zone: string;
    /** Of the rows of the source. */
    readonly range: TimeRange;
    readonly now: EpochMs;
  },
): Promise<readonly HolidaySpan[] | undefined> {
  const { place, zone, range, now } = of;
  if (place === undefined) return undefined;
  const year = (ms: EpochMs): number => Number(windowAt(ms, zone, 'day').key.slice(0, 4));
  const first = Math.max(year(range.firstMs) - 1, year(now) - MOST_YEARS_BACK);
  return spansOfHolidays(await calendar.publicHolidays(place, { first, last: year(now) + YEARS_AHEAD }), zone);
}

/** These take the place of all holidays of the model; other events stay. Within a transaction of the caller. */
export function declareHolidays(
  { events }: Pick<Stores, 'events'>,
  modelId: ModelId,
  holidays: readonly HolidaySpan[] = [],
): void {
  events.removeAll(modelId, 'holiday');
  for (const holiday of holidays) events.put({ modelId, kind: 'holiday', ...holiday });
}
