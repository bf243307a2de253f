import type { Holiday } from '../domain/holiday.ts';

export interface HolidayCalendar {
  /**
   * Public holidays of a country, or of a part of it, in the years from `firstYear` to `lastYear`, in time order. A place
   * is written `US` or `DE-BY`. Throws `usage.invalid` for a place that it does not know.
   */
  publicHolidays(place: string, years: { readonly first: number; readonly last: number }): Promise<readonly Holiday[]>;
}
