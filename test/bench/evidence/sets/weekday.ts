import { WINDOW_MS } from '../../../../src/cli/series-files.ts';

/** 1970-01-01 was a Thursday; Monday is 0. */
const EPOCH_WEEKDAY = 3;
const DAYS_PER_WEEK = 7;

/** Of the clock that the data is written in. */
export function weekdayOf(ms: number): number {
  const days = Math.floor(ms / WINDOW_MS.day) + EPOCH_WEEKDAY;
  return ((days % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
}
