import { DriftbellError } from '../domain/errors.ts';
import { type HolidaySpan, holidayAt, spansOfHolidays } from '../domain/holiday.ts';
import { createHolidayCalendar } from '../platform/holiday-calendar.ts';
import type { Detector } from '../ports/detector.ts';
import type { FileSeries } from './series-files.ts';

export const HOLIDAYS_OPTION = [
  '--holidays <place>',
  'public holidays of a country or a part of it: US, DE-BY',
] as const;

/** Days of files have no zone of their own: a holiday is the day that is written. */
const FILE_ZONE = 'UTC';

/** Public holidays in the time of the series; none where no place is named. Throws `usage.invalid`. */
export async function holidaysOfFiles(
  files: readonly FileSeries[],
  place: string | undefined,
  { manifest }: Detector,
): Promise<readonly HolidaySpan[]> {
  if (place === undefined) return [];
  const { readsHolidays, masksHolidays } = manifest.judging ?? {};
  if (readsHolidays !== true && masksHolidays !== true) throw blindDetector(manifest.name);
  const starts = files.flatMap(({ points }) => [points[0], points.at(-1)]).flatMap((point) => point?.startMs ?? []);
  const year = (ms: number) => new Date(ms).getUTCFullYear();
  const first = starts.reduce((least, ms) => Math.min(least, year(ms)), Number.POSITIVE_INFINITY);
  const last = starts.reduce((most, ms) => Math.max(most, year(ms)), Number.NEGATIVE_INFINITY);
  // The day before New Year's Day is one beside a holiday, and belongs to another year.
  const years = { first: first - 1, last: last + 1 };
  return spansOfHolidays(await createHolidayCalendar().publicHolidays(place, years), FILE_ZONE);
}

/** The name of the holiday that a window lies on. */
export function holidayName(holidays: readonly HolidaySpan[], startMs: number): string | undefined {
  return holidayAt(holidays, startMs)?.text;
}

function blindDetector(name: string): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: '--holidays with a detector that reads holidays',
    received: name,
    remedy: 'name one with --detector, such as detectors/driftbell, or leave out --holidays',
  });
}
