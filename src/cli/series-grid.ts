import { DriftbellError } from '../domain/errors.ts';
import type { Granularity } from '../domain/model.ts';
import type { StatisticKind } from '../domain/statistic-kind.ts';
import { type FileSeries, WINDOW_MS } from './series-files.ts';

/** A series of a file on a regular grid of windows. */
export interface FileGrid {
  readonly values: Float64Array;
  readonly labels: Uint8Array;
  readonly daysOfWeek: Uint8Array;
  /** For each point of the file, its place in the grid. */
  readonly places: Int32Array;
  /** Absent: a level, of which nothing is known. */
  readonly statisticKind?: StatisticKind;
  /** Rows of the source behind each window, NaN where unknown; absent: unknown. */
  readonly rows?: Float64Array;
}

/** A grid longer than this (500 years of hours) comes from one stray time, not from a series. */
const MOST_WINDOWS = 5_000_000;
const DAYS_PER_WEEK = 7;
/** 1970-01-01 was a Thursday; Monday is 0. */
const EPOCH_DAY_OF_WEEK = 3;

/** From `startMs` on, else from the first point on. Windows without a row, or with an empty value, are NaN. */
export function gridOf(series: FileSeries, granularity: Granularity, startMs?: number): FileGrid {
  const windowMs = WINDOW_MS[granularity];
  const firstMs = startMs ?? series.points[0]?.startMs ?? 0;
  const lastMs = series.points.at(-1)?.startMs ?? firstMs;
  const length = (lastMs - firstMs) / windowMs + 1;
  if (length > MOST_WINDOWS) throw tooLong(series, length, granularity);
  const values = new Float64Array(length).fill(Number.NaN);
  const labels = new Uint8Array(length);
  const places = Int32Array.from(series.points, (point) => (point.startMs - firstMs) / windowMs);
  series.points.forEach((point, index) => {
    const place = places[index] ?? 0;
    if (point.value !== null) values[place] = point.value;
    labels[place] = point.isLabelled ? 1 : 0;
  });
  const daysOfWeek = Uint8Array.from({ length }, (_, place) => {
    const day = Math.floor((firstMs + place * windowMs) / WINDOW_MS.day);
    return (((day + EPOCH_DAY_OF_WEEK) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  });
  const { kind } = series;
  const rows = new Float64Array(length).fill(Number.NaN);
  series.points.forEach((point, index) => {
    rows[places[index] ?? 0] = point.rows ?? Number.NaN;
  });
  return {
    ...{ values, labels, daysOfWeek, places },
    ...(kind !== undefined && { statisticKind: kind }),
    ...(series.points.some((point) => point.rows !== undefined) && { rows }),
  };
}

function tooLong(series: FileSeries, windows: number, granularity: Granularity): DriftbellError {
  return new DriftbellError('series.invalid', {
    expected: `at most ${MOST_WINDOWS} windows of one ${granularity} in the series ${series.name}`,
    received: `${windows}, from ${series.points[0]?.time} to ${series.points.at(-1)?.time}`,
    remedy: 'remove the row with the stray time',
  });
}
