import type { LabelledGrid, SyntheticSeries } from '../detection/index.ts';

/** 2022-01-01, the first day of the reference corpus. */
export const SYNTHETIC_START_MS = Date.UTC(2022, 0, 1);
/** It was a Saturday; Monday is 0. */
const FIRST_DAY_OF_WEEK = 5;
const DAYS_PER_WEEK = 7;

/** A synthetic series as days from 2022-01-01 on. */
export function syntheticGrid(series: SyntheticSeries): LabelledGrid {
  return {
    values: series.values,
    labels: series.labels,
    daysOfWeek: Uint8Array.from(series.values, (_, day) => (FIRST_DAY_OF_WEEK + day) % DAYS_PER_WEEK),
  };
}
