import { WINDOW_MS } from '../../../../src/cli/series-files.ts';

/** 1970-01-01 was a Thursday; Monday is 0. */
const EPOCH_WEEKDAY = 3;
const DAYS_PER_WEEK = 7;

/** For times from 1970 on, of the clock that the data is written in. */
export function weekdayOf(ms: number): number {
  return (Math.floor(ms / WINDOW_MS.day) + EPOCH_WEEKDAY) % DAYS_PER_WEEK;
}
