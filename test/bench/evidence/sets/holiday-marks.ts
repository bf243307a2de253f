import { markHolidays, spansOfHolidays } from '../../../../src/domain/holiday.ts';
import { createHolidayCalendar } from '../../../../src/platform/holiday-calendar.ts';

/** What the calendar of a place says of days that begin at these times, which are in order. */
export async function holidayMarks(place: string, starts: readonly number[]): Promise<Uint8Array> {
  const year = (ms: number | undefined) => new Date(ms ?? 0).getUTCFullYear();
  // The day before New Year's Day belongs to another year.
  const years = { first: year(starts[0]) - 1, last: year(starts.at(-1)) + 1 };
  const holidays = await createHolidayCalendar().publicHolidays(place, years);
  return markHolidays(spansOfHolidays(holidays, 'UTC'), starts);
}
